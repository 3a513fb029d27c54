"""What HR mends in a cycle as a whole: addresses, leavers; and another round held like it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.forms.cycles import AddressForm
from ldtrack.feedback.forms.settings import CopyForm
from ldtrack.feedback.queries import cycle as read_cycle
from ldtrack.feedback.queries.bounced import bounced
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import delivery, now, rater_key, today
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session

_USUAL_REST = timedelta(days=180)


@feedback.route("/feedback/cycles/<id:cycle_id>/mail", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def came_back(cycle_id: int) -> Any:
    """Raters whom no mail reached: correct the address, and send again."""
    session, actor = request_session(), current_actor()
    row = read_cycle(session, actor, cycle_id)
    form = AddressForm()
    if form.validate_on_submit():
        try:
            service.correct_address(
                session,
                actor,
                cycle_id,
                form.old.data,
                form.email.data,
                now=now(),
                delivery=delivery(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The invitation is on its way again.")
            return redirect(url_for("feedback.came_back", cycle_id=cycle_id), 303)
    page = render_template(
        "feedback/came_back.html", form=form, cycle=row, rows=bounced(session, cycle_id)
    )
    return page, 422 if form.is_submitted() else 200


@feedback.post("/feedback/raters/<id:invitation_id>/came-back")
@guard(Action.WRITE_CYCLE)
@commits
def say_came_back(invitation_id: int) -> Any:
    """Say that an invitation came back to a mailbox, so that its address can be corrected."""
    session, actor = request_session(), current_actor()
    cycle_id = service.say_came_back(session, actor, invitation_id, now=now())
    tell("Noted. Correct the address here, and the invitation goes out again.")
    return redirect(url_for("feedback.came_back", cycle_id=cycle_id), 303)


@feedback.post("/feedback/cycles/<id:cycle_id>/leavers")
@guard(Action.WRITE_CYCLE)
@commits
def take_leavers_out(cycle_id: int) -> Any:
    """Go on without people who left."""
    session, actor = request_session(), current_actor()
    n = service.take_leavers_out(session, actor, cycle_id, rater_key=rater_key(), now=now())
    tell("1 person is out of this cycle." if n == 1 else f"{n} people are out of this cycle.")
    return redirect(url_for("feedback.cycle", cycle_id=cycle_id), 303)


@feedback.route("/feedback/cycles/<id:cycle_id>/copy", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def copy_cycle(cycle_id: int) -> Any:
    """Another round held like this one, with new days and new raters."""
    session, actor = request_session(), current_actor()
    row = read_cycle(session, actor, cycle_id)
    opens_on = max(today(), row.closes_on + _USUAL_REST)
    form = CopyForm(
        data={
            "opens_on": opens_on,
            "closes_on": opens_on + (row.closes_on - row.opens_on),
            "with_people": True,
        }
    )
    if form.validate_on_submit():
        try:
            made = service.copy_cycle(session, actor, cycle_id, form.command(), now=now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The next round is set up. Whom it asks is for you to say anew.")
            return redirect(url_for("feedback.cycle", cycle_id=made), 303)
    page = render_template("feedback/copy.html", form=form, cycle=row)
    return page, 422 if form.is_submitted() else 200
