"""A coach's first page."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.dashboards.pages.caseload import caseload_page
from ldtrack.dashboards.views import dashboards
from ldtrack.ui.request import clock, request_session


@dashboards.get("/caseload")
@guard(Action.READ_CASELOAD)
def caseload() -> Any:
    """The leaders that the actor coaches."""
    today = clock().today()
    page = caseload_page(request_session(), current_actor(), today)
    return render_template("dashboards/caseload.html", page=page, today=today)
