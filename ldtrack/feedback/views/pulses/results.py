"""The result of a trust pulse for those who were asked."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.pages.pulses import result_page
from ldtrack.feedback.views import feedback
from ldtrack.ui.request import request_session


@feedback.get("/feedback/pulses/<id:pulse_id>/result")
@guard(Action.READ_PULSE)
def pulse_result(pulse_id: int) -> Any:
    """What came out, the same for everybody who may read it."""
    page = result_page(request_session(), current_actor(), pulse_id)
    if page is None:
        raise NotVisible
    return render_template("feedback/pulses/result.html", page=page, pulse=page.pulse)
