"""Reporting lines, for HR: who somebody reports to from a day on."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.people import queries
from ldtrack.people.forms import ManagerForm
from ldtrack.people.service import lines
from ldtrack.people.views import people
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@people.route("/people/<id:person_id>/manager", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def change_manager(person_id: int) -> Any:
    """Say who somebody reports to, and from when."""
    session, actor, today = request_session(), current_actor(), clock().today()
    person = queries.person(session, actor, person_id)
    manager_id = queries.managers(session, [person_id], today).get(person_id)
    manager = queries.people_named(session, [manager_id] if manager_id else [])
    form = ManagerForm(data={"starts_on": today})
    if form.validate_on_submit():
        try:
            lines.change_manager(
                session,
                actor,
                person_id=person_id,
                manager_id=queries.somebody_known_as(session, form.who.data, "who")
                if form.who.data
                else None,
                starts_on=form.starts_on.data,
                now=clock().now(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The reporting line is changed.")
            return redirect(url_for("people.person", person_id=person_id), 303)
    shown = render_template(
        "people/change_manager.html",
        form=form,
        person=person,
        manager=manager.get(manager_id or 0),
    )
    return shown, 422 if form.is_submitted() else 200


@people.post("/people/<id:person_id>/manager/<id:relationship_id>/take-back")
@guard(Action.WRITE_PERSON)
@commits
def take_back_manager(person_id: int, relationship_id: int) -> Any:
    """Forget a change that was planned."""
    session, actor = request_session(), current_actor()
    queries.person(session, actor, person_id)
    lines.take_back_planned(
        session, actor, person_id=person_id, relationship_id=relationship_id, now=clock().now()
    )
    tell("The planned change is taken back.")
    return redirect(url_for("people.person", person_id=person_id), 303)
