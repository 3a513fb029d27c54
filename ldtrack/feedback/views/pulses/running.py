"""HR's pulses: the list, one of them, and what is done with it as a whole."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.pages.pulses import pulse_lines, pulse_page
from ldtrack.feedback.service import pulses as service
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import delivery, now, rater_key, today
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.get("/feedback/pulses")
@guard(Action.WRITE_PULSE)
def pulses() -> Any:
    """Every trust pulse and how far it is."""
    return render_template(
        "feedback/pulses/pulses.html", lines=pulse_lines(request_session(), current_actor())
    )


@feedback.get("/feedback/pulses/<id:pulse_id>")
@guard(Action.WRITE_PULSE)
def pulse(pulse_id: int) -> Any:
    """One pulse: set up, then how many have answered, then its result."""
    page = pulse_page(
        request_session(), current_actor(), pulse_id, rater_key=rater_key(), today=today()
    )
    return render_template("feedback/pulses/pulse.html", page=page, pulse=page.pulse)


@feedback.post("/feedback/pulses/<id:pulse_id>/open")
@guard(Action.WRITE_PULSE)
@commits
def open_pulse(pulse_id: int) -> Any:
    """Ask everybody."""
    try:
        service.open_pulse(
            request_session(), current_actor(), pulse_id, now=now(), delivery=delivery()
        )
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("The pulse is open; the invitations are on their way.")
    return _back(pulse_id)


@feedback.post("/feedback/pulses/<id:pulse_id>/remind")
@guard(Action.WRITE_PULSE)
@commits
def remind_of_pulse(pulse_id: int) -> Any:
    """Write to everybody once more."""
    try:
        service.remind_of_pulse(
            request_session(), current_actor(), pulse_id, now=now(), delivery=delivery()
        )
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("Everybody is reminded, all at the same hour.")
    return _back(pulse_id)


@feedback.post("/feedback/pulses/<id:pulse_id>/close")
@guard(Action.WRITE_PULSE)
@commits
def close_pulse(pulse_id: int) -> Any:
    """Take no more answers; the result is made in the background."""
    service.close_pulse_by_hand(
        request_session(), current_actor(), pulse_id, rater_key=rater_key(), now=now()
    )
    tell("The pulse is closed. Its result is being made.")
    return _back(pulse_id)


@feedback.post("/feedback/pulses/<id:pulse_id>/repeat")
@guard(Action.WRITE_PULSE)
@commits
def repeat_pulse(pulse_id: int) -> Any:
    """Set the next one of the series up."""
    next_id = service.repeat_pulse(request_session(), current_actor(), pulse_id, now=now())
    tell("This is the next pulse of the series. Look it over, then open it.", kind="note")
    return _back(next_id)


@feedback.post("/feedback/pulses/<id:pulse_id>/drop")
@guard(Action.WRITE_PULSE)
@commits
def drop_pulse(pulse_id: int) -> Any:
    """Delete a pulse that nobody was asked in."""
    service.drop_pulse(request_session(), current_actor(), pulse_id, now=now())
    tell("The draft is gone; nobody was asked.")
    return redirect(url_for("feedback.pulses"), 303)


def _back(pulse_id: int) -> Any:
    return redirect(url_for("feedback.pulse", pulse_id=pulse_id), 303)
