"""Placing people with whom it was agreed."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import OPEN
from ldtrack.assignments.forms import PlaceForm
from ldtrack.assignments.views import assignments
from ldtrack.core.errors import RuleBroken
from ldtrack.people.queries import PAGE, directory, person
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@assignments.get("/assignments/openings/<id:posting_id>/place")
@guard(Action.WRITE_POSTING)
def find_person(posting_id: int) -> Any:
    """Search for the person to place."""
    session, actor = request_session(), current_actor()
    posting = queries.posting(session, actor, posting_id)
    search = searched()
    rows, total = directory(session, actor, search=search, page=page_number())
    here = {
        row.person_id
        for row in queries.placements_at(session, actor, posting_id)
        if row.state in OPEN
    }
    return render_template(
        "assignments/find_person.html",
        posting=posting,
        search=search,
        rows=rows,
        total=total,
        here=here | posting.answerable,
        page=page_number(),
        pages=max(1, ceil(total / PAGE)),
    )


@assignments.route(
    "/assignments/openings/<id:posting_id>/place/<id:person_id>", methods=["GET", "POST"]
)
@guard(Action.WRITE_POSTING)
@commits
def place(posting_id: int, person_id: int) -> Any:
    """Place one person."""
    session, actor = request_session(), current_actor()
    posting = queries.posting(session, actor, posting_id)
    somebody = person(session, actor, person_id)
    form = PlaceForm(data={"starts_on": posting.starts_on, "ends_on": posting.ends_on})
    if form.validate_on_submit():
        try:
            service.place(session, actor, form.command(posting_id, person_id), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"{somebody.name} is placed, and is told so.")
            return redirect(url_for("assignments.posting", posting_id=posting_id), 303)
    shown = render_template("assignments/place.html", posting=posting, person=somebody, form=form)
    return shown, 422 if form.is_submitted() else 200
