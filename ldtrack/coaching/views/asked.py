"""What coaches are asked by leaders who choose: a first talk, or to be their coach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import queries, service
from ldtrack.coaching.domain.choosing import TALKS
from ldtrack.coaching.forms import AppointmentForm, DeclineForm
from ldtrack.coaching.views import coaching
from ldtrack.coaching.views.sender import sender
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, here, request_session

USUAL_MINUTES = 30
A_WEEK = timedelta(weeks=1)


@coaching.get("/coaching/asked")
@guard(Action.ANSWER_CHOICE)
def asked() -> Any:
    """Everything that waits for the coach's answer."""
    return render_template(
        "coaching/asked.html", asked=queries.asked_of(request_session(), current_actor())
    )


@coaching.route("/coaching/candidates/<id:candidate_id>/talk", methods=["GET", "POST"])
@guard(Action.ANSWER_CHOICE)
@commits
def plan_talk(candidate_id: int) -> Any:
    """Give a first talk its day."""
    session, actor = request_session(), current_actor()
    one = queries.asked(session, actor, candidate_id)
    row = one.row
    if row.state not in TALKS:
        raise NotVisible
    data: dict[str, Any] = {"on": clock().today() + A_WEEK, "minutes": USUAL_MINUTES}
    if row.starts_at is not None and row.ends_at is not None:
        begins = here(row.starts_at)
        minutes = row.talk().minutes
        data = {"on": begins.date(), "at": begins.time(), "minutes": minutes}
        data |= {"place": row.place, "link": row.link}
    form = AppointmentForm(data=data)
    if form.validate_on_submit():
        try:
            service.plan_talk(
                session, actor, row.id, form.command(), now=clock().now(), sender=sender()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("It is planned. You both get an invitation for your calendars.")
            return redirect(url_for("coaching.asked"), 303)
    shown = render_template("coaching/plan_talk.html", form=form, asked=one)
    return shown, 422 if form.is_submitted() else 200


@coaching.post("/coaching/candidates/<id:candidate_id>/accept")
@guard(Action.ANSWER_CHOICE)
@commits
def accept_choice(candidate_id: int) -> Any:
    """Say yes."""
    session, actor = request_session(), current_actor()
    try:
        engagement_id = service.accept_choice(
            session, actor, candidate_id, now=clock().now(), sender=sender()
        )
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
        return redirect(url_for("coaching.asked"), 303)
    tell("You are their coach from today. Next comes the agreement that all of you sign.")
    return redirect(url_for("coaching.write_agreement", engagement_id=engagement_id), 303)


@coaching.route("/coaching/candidates/<id:candidate_id>/decline", methods=["GET", "POST"])
@guard(Action.ANSWER_CHOICE)
@commits
def decline_choice(candidate_id: int) -> Any:
    """Say no, with a word."""
    session, actor = request_session(), current_actor()
    one = queries.asked(session, actor, candidate_id)
    form = DeclineForm()
    if form.validate_on_submit():
        service.decline_choice(
            session, actor, candidate_id, form.word.data, now=clock().now(), sender=sender()
        )
        tell(f"{one.row.person} is told.")
        return redirect(url_for("coaching.asked"), 303)
    shown = render_template("coaching/decline_choice.html", form=form, asked=one)
    return shown, 422 if form.is_submitted() else 200
