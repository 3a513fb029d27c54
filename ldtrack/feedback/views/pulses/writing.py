"""Setting a trust pulse up: its words, and who is asked."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.feedback.domain.pulses.rows import PulseRow, PulseState
from ldtrack.feedback.domain.pulses.wording import TRUST_QUESTION, TRUST_STATEMENTS
from ldtrack.feedback.forms.pulses import PulseOutsiderForm, PulsePeopleForm, WritePulseForm
from ldtrack.feedback.queries import pulses as queries
from ldtrack.feedback.service import pulses as service
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now, today
from ldtrack.people.queries import directory
from ldtrack.ui.fields import Option
from ldtrack.ui.lists import searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.route("/feedback/pulses/new", methods=["GET", "POST"])
@guard(Action.WRITE_PULSE)
@commits
def new_pulse() -> Any:
    """Begin a pulse for people who are chosen next."""
    form = WritePulseForm(
        data={
            "closes_on": today() + service.USUAL_LENGTH,
            "statements": "\n".join(TRUST_STATEMENTS),
            "question": TRUST_QUESTION,
        }
    )
    if form.validate_on_submit():
        try:
            pulse_id = service.draft_pulse(
                request_session(), current_actor(), form.command(), now=now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The pulse is set up. Now say who is asked.")
            return redirect(url_for("feedback.pulse_people", pulse_id=pulse_id), 303)
    page = render_template("feedback/pulses/write.html", form=form, pulse=None)
    return page, 422 if form.is_submitted() else 200


@feedback.route("/feedback/pulses/<id:pulse_id>/words", methods=["GET", "POST"])
@guard(Action.WRITE_PULSE)
@commits
def change_pulse(pulse_id: int) -> Any:
    """Word a draft differently."""
    session, actor = request_session(), current_actor()
    pulse = _draft(pulse_id)
    form = WritePulseForm(
        data={
            "name": pulse.name,
            "closes_on": pulse.closes_on,
            "statements": "\n".join(one.text for one in pulse.statements),
            "question": pulse.question,
            "shows_names": pulse.shows_names,
        }
    )
    if form.validate_on_submit():
        try:
            service.change_pulse(session, actor, pulse_id, form.command(), now=now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Saved.")
            return redirect(url_for("feedback.pulse", pulse_id=pulse_id), 303)
    page = render_template("feedback/pulses/write.html", form=form, pulse=pulse)
    return page, 422 if form.is_submitted() else 200


@feedback.route("/feedback/pulses/<id:pulse_id>/people", methods=["GET", "POST"])
@guard(Action.WRITE_PULSE)
@commits
def pulse_people(pulse_id: int) -> Any:
    """Search people of the organisation and ask them."""
    session, actor = request_session(), current_actor()
    pulse = _draft(pulse_id)
    search = searched()
    here = {row.person_id for row in queries.invited(session, actor, pulse_id, rater_key="")}
    people, total = directory(session, actor, search=search)
    form = PulsePeopleForm()
    form.people.options = [
        Option(id=person.id, label=person.name, note=person.unit)
        for person in people
        if person.id not in here
    ]
    if form.validate_on_submit():
        service.add_people(session, actor, pulse_id, form.people.data, now=now())
        tell("They will be asked when the pulse opens.")
        return redirect(url_for("feedback.pulse", pulse_id=pulse_id), 303)
    page = render_template(
        "feedback/pulses/people.html",
        form=form,
        pulse=pulse,
        search=search,
        more=total - len(people),
    )
    return page, 422 if form.is_submitted() else 200


@feedback.route("/feedback/pulses/<id:pulse_id>/outside", methods=["GET", "POST"])
@guard(Action.WRITE_PULSE)
@commits
def pulse_outsider(pulse_id: int) -> Any:
    """Ask somebody from outside by mail address; they need no account."""
    session, actor = request_session(), current_actor()
    pulse = _draft(pulse_id)
    form = PulseOutsiderForm()
    if form.validate_on_submit():
        try:
            service.add_outsider(
                session, actor, pulse_id, form.name.data, form.email.data, now=now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("They will be asked when the pulse opens.")
            return redirect(url_for("feedback.pulse", pulse_id=pulse_id), 303)
    page = render_template("feedback/pulses/outside.html", form=form, pulse=pulse)
    return page, 422 if form.is_submitted() else 200


@feedback.post("/feedback/pulses/people/<id:pulse_invitation_id>/remove")
@guard(Action.WRITE_PULSE)
@commits
def remove_from_pulse(pulse_invitation_id: int) -> Any:
    """Ask somebody no longer."""
    pulse_id = service.remove_invited(
        request_session(), current_actor(), pulse_invitation_id, now=now()
    )
    tell("They will not be asked.")
    return redirect(url_for("feedback.pulse", pulse_id=pulse_id), 303)


def _draft(pulse_id: int) -> PulseRow:
    pulse = queries.pulse(request_session(), current_actor(), pulse_id)
    if pulse.state is not PulseState.DRAFT:
        raise Conflict("This pulse has opened; what it asks and whom is fixed.")
    return pulse
