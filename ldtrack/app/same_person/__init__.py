"""Two records of one person: who may be there twice, and making the two one, for HR.

It touches every room that keeps something about people, so it stands where the rooms are put
together.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.app.same_person.form import JoinForm, OtherRecordForm
from ldtrack.app.same_person.service import join_records, look
from ldtrack.config.settings import Settings
from ldtrack.core.errors import RuleBroken
from ldtrack.people import queries
from ldtrack.people.domain.joining import Pair
from ldtrack.people.service.joining import take_back_apart, tell_apart
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

same_person = Blueprint("same_person", __name__)


@same_person.get("/people/twice")
@guard(Action.WRITE_PERSON)
def twice() -> Any:
    """Who may be there twice, and why that is thought."""
    return render_template(
        "same_person/twice.html", found=queries.alike(request_session(), current_actor())
    )


@same_person.route("/people/<id:person_id>/join", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def choose(person_id: int) -> Any:
    """Say which other record is the same person's."""
    session = request_session()
    person = queries.person(session, current_actor(), person_id)
    form = OtherRecordForm()
    if form.validate_on_submit():
        try:
            other = queries.somebody_known_as(session, form.who.data, "who")
            if other == person_id:
                raise RuleBroken("who", "That is this record. Name the other one.")
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return redirect(url_for(".join", person_id=person_id, goes_id=other), 303)
    page = render_template("same_person/choose.html", form=form, person=person)
    return page, 422 if form.is_submitted() else 200


@same_person.route("/people/<id:person_id>/join/<id:goes_id>", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def join(person_id: int, goes_id: int) -> Any:
    """Show what comes together, and make the two one if that is typed."""
    session, actor = request_session(), current_actor()
    pair = Pair(goes=goes_id, stays=person_id)
    form = JoinForm()
    if form.validate_on_submit():
        settings: Settings = current_app.extensions["ldtrack.settings"]
        try:
            join_records(
                session,
                actor,
                pair,
                typed=form.typed.data,
                reason=form.reason.data,
                now=clock().now(),
                rater_key=settings.rater_key,
                base_url=settings.site,
            )
        except RuleBroken as broken:
            # What was turned before the refusal is not what the page is to show.
            session.rollback()
            form.refuse(broken.field, broken.message)
        else:
            tell("The two records are one now.")
            return redirect(url_for("people.person", person_id=person_id), 303)
    page = look(session, actor, pair, now=clock().now())
    shown = render_template("same_person/join.html", form=form, page=page)
    return shown, 422 if form.is_submitted() else 200


@same_person.post("/people/<id:person_id>/apart/<id:twin_id>")
@guard(Action.WRITE_PERSON)
@commits
def apart(person_id: int, twin_id: int) -> Any:
    """Say that the two are two people."""
    pair = Pair(goes=twin_id, stays=person_id)
    tell_apart(request_session(), current_actor(), pair, now=clock().now())
    tell(
        "The two are not proposed again.",
        undo_url=url_for(".apart_undo", person_id=person_id, twin_id=twin_id),
    )
    return redirect(url_for(".twice"), 303)


@same_person.post("/people/<id:person_id>/apart/<id:twin_id>/undo")
@guard(Action.WRITE_PERSON)
@commits
def apart_undo(person_id: int, twin_id: int) -> Any:
    """Take that back."""
    pair = Pair(goes=twin_id, stays=person_id)
    take_back_apart(request_session(), current_actor(), pair, now=clock().now())
    tell("The two are proposed again.")
    return redirect(url_for(".twice"), 303)
