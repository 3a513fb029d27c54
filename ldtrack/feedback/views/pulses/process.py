"""Whether raters and leaders are asked about a cycle once it has closed."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.feedback.service import pulses as service
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.post("/feedback/cycles/<id:cycle_id>/ask-about")
@guard(Action.WRITE_PULSE)
@commits
def ask_about_process(cycle_id: int) -> Any:
    """Ask three questions when the cycle closes."""
    service.ask_about_process(request_session(), current_actor(), cycle_id, now=now())
    tell("Raters and leaders will be asked three questions when the cycle has closed.")
    return redirect(url_for("feedback.cycle", cycle_id=cycle_id), 303)


@feedback.post("/feedback/cycles/<id:cycle_id>/leave-alone")
@guard(Action.WRITE_PULSE)
@commits
def leave_process_alone(cycle_id: int) -> Any:
    """Ask nobody after all."""
    service.leave_process_alone(request_session(), current_actor(), cycle_id, now=now())
    tell("Nobody will be asked about this cycle.")
    return redirect(url_for("feedback.cycle", cycle_id=cycle_id), 303)
