"""Moving and coming back on a day, for HR, and taking back what is planned."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.people import queries
from ldtrack.people.forms import MoveForm, ReturnForm
from ldtrack.people.service import changes
from ldtrack.people.views import people
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@people.route("/people/<id:person_id>/move", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def move(person_id: int) -> Any:
    """Say where somebody goes, and when."""
    session, actor, today = request_session(), current_actor(), clock().today()
    person = queries.person(session, actor, person_id)
    whole = queries.full_person(session, person_id, today)
    form = MoveForm(
        data={
            "on": today,
            "unit": whole.unit,
            "job_profile": whole.job_profile,
            "manager": whole.manager_external_id,
        }
    )
    if form.validate_on_submit():
        try:
            typed = form.manager.data
            manager_id = queries.somebody_known_as(session, typed, "manager") if typed else None
            changes.move(session, actor, person_id, form.command(manager_id), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The move is kept." if form.on.data <= today else "The move is planned.")
            return redirect(url_for("people.person", person_id=person_id), 303)
    page = render_template(
        "people/move.html", form=form, person=person, units=queries.units(session)
    )
    return page, 422 if form.is_submitted() else 200


@people.route("/people/<id:person_id>/return", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def come_back(person_id: int) -> Any:
    """Say from when on somebody who left is here again."""
    session, actor, today = request_session(), current_actor(), clock().today()
    person = queries.person(session, actor, person_id)
    form = ReturnForm(data={"on": today})
    if form.validate_on_submit():
        try:
            changes.come_back(session, actor, person_id, form.on.data, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("They are here again." if form.on.data <= today else "Their return is planned.")
            return redirect(url_for("people.person", person_id=person_id), 303)
    page = render_template("people/come_back.html", form=form, person=person)
    return page, 422 if form.is_submitted() else 200


@people.post("/people/<id:person_id>/changes/<id:change_id>/take-back")
@guard(Action.WRITE_PERSON)
@commits
def take_back_change(person_id: int, change_id: int) -> Any:
    """Forget what is planned, or that somebody left."""
    session, actor = request_session(), current_actor()
    queries.person(session, actor, person_id)
    try:
        changes.take_back_change(session, actor, person_id, change_id, now=clock().now())
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("That is taken back.")
    return redirect(url_for("people.person", person_id=person_id), 303)
