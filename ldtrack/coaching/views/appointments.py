"""Planning a session, moving it, and saying that it did not come about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import service
from ldtrack.coaching.domain.appointments import AppointmentRow
from ldtrack.coaching.forms import AppointmentForm, CallOffForm, MissedForm
from ldtrack.coaching.pages import appointment_beginning, planned_appointment
from ldtrack.coaching.views import coaching
from ldtrack.coaching.views.sender import sender
from ldtrack.core.errors import RuleBroken
from ldtrack.ui.forms import Form
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, here, request_session

USUAL_MINUTES = 60
A_FORTNIGHT = timedelta(weeks=2)


@coaching.route(
    "/coaching/engagements/<id:engagement_id>/appointments/new", methods=["GET", "POST"]
)
@guard(Action.PLAN_SESSION)
@commits
def plan_appointment(engagement_id: int) -> Any:
    """Give the next session a day, a time and a place."""
    engagement = appointment_beginning(request_session(), current_actor(), engagement_id)
    form = AppointmentForm(data={"on": clock().today() + A_FORTNIGHT, "minutes": USUAL_MINUTES})
    if form.validate_on_submit():
        try:
            service.plan_appointment(
                request_session(),
                current_actor(),
                engagement.id,
                form.command(),
                now=clock().now(),
                sender=sender(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("It is planned. You both get an invitation for your calendars.")
            return redirect(_back(engagement.person_id), 303)
    return _planning(form, None, engagement.person_id)


@coaching.route("/coaching/appointments/<id:appointment_id>", methods=["GET", "POST"])
@guard(Action.PLAN_SESSION)
@commits
def move_appointment(appointment_id: int) -> Any:
    """Move it, or change where it is."""
    row = planned_appointment(request_session(), current_actor(), appointment_id)
    begins = here(row.starts_at)
    form = AppointmentForm(
        data={
            "on": begins.date(),
            "at": begins.time(),
            "minutes": row.minutes,
            "place": row.place,
            "link": row.link,
        }
    )
    if form.validate_on_submit():
        try:
            service.move_appointment(
                request_session(),
                current_actor(),
                row.id,
                form.command(),
                now=clock().now(),
                sender=sender(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("It is changed. Your calendars are told.")
            return redirect(_back(row.person_id), 303)
    return _planning(form, row, row.person_id)


@coaching.route("/coaching/appointments/<id:appointment_id>/cancel", methods=["GET", "POST"])
@guard(Action.PLAN_SESSION)
@commits
def call_off(appointment_id: int) -> Any:
    """Cancel it, and say why in a few words."""
    row = planned_appointment(request_session(), current_actor(), appointment_id)
    form = CallOffForm()
    if form.validate_on_submit():
        service.call_off(
            request_session(),
            current_actor(),
            row.id,
            form.word.data,
            now=clock().now(),
            sender=sender(),
        )
        tell("It is cancelled. Your calendars are told.")
        return redirect(_back(row.person_id), 303)
    return _ending(row, form, "Cancel the session")


@coaching.route("/coaching/appointments/<id:appointment_id>/missed", methods=["GET", "POST"])
@guard(Action.LOG_SESSION)
@commits
def say_missed(appointment_id: int) -> Any:
    """Say that nobody came."""
    row = planned_appointment(request_session(), current_actor(), appointment_id)
    form = MissedForm()
    if form.validate_on_submit():
        service.say_missed(
            request_session(), current_actor(), row.id, form.word.data, now=clock().now()
        )
        tell("It is written down that it was missed.", kind="note")
        return redirect(_back(row.person_id), 303)
    return _ending(row, form, "Say that it was missed")


def _planning(form: Form, row: AppointmentRow | None, person_id: int) -> Any:
    shown = render_template(
        "coaching/plan_appointment.html", form=form, appointment=row, back_url=_back(person_id)
    )
    return shown, 422 if form.is_submitted() else 200


def _ending(row: AppointmentRow, form: Form, label: str) -> Any:
    shown = render_template(
        "coaching/end_appointment.html",
        appointment=row,
        form=form,
        label=label,
        back_url=_back(row.person_id),
    )
    return shown, 422 if form.is_submitted() else 200


def _back(person_id: int) -> str:
    if person_id == current_actor().person_id:
        return url_for("coaching.my_coaching")
    return url_for("coaching.leader", person_id=person_id)
