"""Completions that end soon, for HR."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.courses.pages import renewals_page
from ldtrack.courses.views import courses
from ldtrack.ui.lists import page_number
from ldtrack.ui.request import clock, request_session


@courses.get("/courses/renewals")
@guard(Action.RECORD_COMPLETION)
def renewals() -> Any:
    """Whose completions end soon and who were told."""
    page = renewals_page(request_session(), current_actor(), clock().today(), page=page_number())
    return render_template("courses/renewals.html", page=page)
