"""Saying that somebody leaves, for HR, who sees before what ends by it and what stays open.

What is open lies in many rooms, so the page stands where the rooms are put together.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.app.leaving.form import LeaveForm
from ldtrack.app.leaving.open_things import open_things
from ldtrack.core.errors import RuleBroken
from ldtrack.people import queries
from ldtrack.people.service import changes
from ldtrack.ui.dates import day
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

leaving = Blueprint("leaving", __name__)


@leaving.route("/people/<id:person_id>/leave", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def leave(person_id: int) -> Any:
    """Say from which day on somebody is not here."""
    session, actor, today = request_session(), current_actor(), clock().today()
    person = queries.person(session, actor, person_id)
    form = LeaveForm(data={"on": today})
    if form.validate_on_submit():
        try:
            change_id = changes.leave(session, actor, person_id, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            gone = form.on.data <= today
            tell(
                f"{person.name} has left." if gone else f"Planned for {day(form.on.data)}.",
                undo_url=url_for(
                    "people.take_back_change", person_id=person_id, change_id=change_id
                ),
            )
            return redirect(url_for("people.person", person_id=person_id), 303)
    page = render_template(
        "people/leave.html",
        form=form,
        person=person,
        things=open_things(session, person_id, today),
    )
    return page, 422 if form.is_submitted() else 200
