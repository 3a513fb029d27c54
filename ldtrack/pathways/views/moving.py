"""Moving people to the published version, and back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways import pages, service
from ldtrack.pathways.forms import MoveForm
from ldtrack.pathways.views import pathways
from ldtrack.ui.dates import count_of
from ldtrack.ui.lists import page_number
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@pathways.route("/pathways/<id:version_id>/move", methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def move(version_id: int) -> Any:
    """See what moving would mean for each, and move those who are chosen."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = pages.move_page(session, actor, version_id, now.date(), page=page_number())
    form = MoveForm()
    form.people.options = page.options
    if form.validate_on_submit():
        try:
            moved = service.move_people(session, actor, version_id, form.people.data, now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return _moved(version_id, *moved)
    answer = render_template("pathways/move.html", page=page, plan=page.plan, form=form)
    return answer, 422 if form.is_submitted() else 200


@pathways.post("/pathways/<id:version_id>/move/everybody")
@guard(Action.WRITE_ENROLMENT)
@commits
def move_everybody(version_id: int) -> Any:
    """Move everybody who is on an earlier version."""
    typed = request.form.get("n", "")
    shown = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
    moved = service.move_people(
        request_session(), current_actor(), version_id, None, expected=shown, now=clock().now()
    )
    return _moved(version_id, *moved)


@pathways.post("/pathways/<id:version_id>/move/undo/<id:act_id>")
@guard(Action.WRITE_ENROLMENT)
@commits
def undo_move(version_id: int, act_id: int) -> Any:
    """Put those who were moved together back to where they were."""
    n = service.undo_move(request_session(), current_actor(), version_id, act_id, now=clock().now())
    tell(f"{count_of(n, 'person is', 'people are')} back on the version they came from.")
    return redirect(url_for("pathways.move", version_id=version_id), 303)


def _moved(version_id: int, act_id: int, n: int) -> Any:
    tell(
        f"{count_of(n, 'person goes', 'people go')} on with this version.",
        undo_url=url_for("pathways.undo_move", version_id=version_id, act_id=act_id),
    )
    return redirect(url_for("pathways.people", version_id=version_id), 303)
