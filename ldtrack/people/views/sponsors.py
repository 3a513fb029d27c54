"""Who backs a leader, for HR: naming a sponsor and ending it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.people import queries
from ldtrack.people.forms import SponsorForm
from ldtrack.people.service import sponsors
from ldtrack.people.views import people
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@people.route("/people/<id:person_id>/sponsors/new", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def name_sponsor(person_id: int) -> Any:
    """Say who backs somebody."""
    session = request_session()
    backed = queries.person(session, current_actor(), person_id)
    form = SponsorForm()
    if form.validate_on_submit():
        try:
            sponsors.name_sponsor(
                session,
                current_actor(),
                person_id=person_id,
                sponsor_id=queries.somebody_known_as(session, form.who.data, "who"),
                now=clock().now(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The sponsor is named. What they see is agreed in coaching.")
            return redirect(url_for("people.person", person_id=person_id), 303)
    shown = render_template("people/name_sponsor.html", form=form, person=backed)
    return shown, 422 if form.is_submitted() else 200


@people.post("/people/<id:person_id>/sponsors/<id:sponsor_id>/name")
@guard(Action.WRITE_PERSON)
@commits
def name_again(person_id: int, sponsor_id: int) -> Any:
    """Take back that a sponsorship ended."""
    sponsors.name_sponsor(
        request_session(),
        current_actor(),
        person_id=person_id,
        sponsor_id=sponsor_id,
        now=clock().now(),
    )
    tell("The sponsor is back.")
    return redirect(url_for("people.person", person_id=person_id), 303)


@people.post("/people/<id:person_id>/sponsors/<id:sponsor_id>/end")
@guard(Action.WRITE_PERSON)
@commits
def end_sponsorship(person_id: int, sponsor_id: int) -> Any:
    """End it; what the sponsor could see is gone with it."""
    sponsors.end_sponsorship(
        request_session(),
        current_actor(),
        person_id=person_id,
        sponsor_id=sponsor_id,
        now=clock().now(),
    )
    tell(
        "The sponsor sees nothing more of this leader.",
        undo_url=url_for("people.name_again", person_id=person_id, sponsor_id=sponsor_id),
    )
    return redirect(url_for("people.person", person_id=person_id), 303)
