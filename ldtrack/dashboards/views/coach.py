"""A coach's first page, and their own trend."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.dashboards.pages.caseload import caseload_page
from ldtrack.dashboards.pages.coach_trend import coach_trend
from ldtrack.dashboards.views import dashboards
from ldtrack.ui.request import clock, request_session


@dashboards.get("/caseload")
@guard(Action.READ_CASELOAD)
def caseload() -> Any:
    """The leaders that the actor coaches."""
    today = clock().today()
    page = caseload_page(request_session(), current_actor(), today)
    return render_template("dashboards/caseload.html", page=page, today=today)


@dashboards.get("/caseload/trend")
@guard(Action.READ_OWN_TREND)
def coach_trend_page() -> Any:
    """How the actor's own sessions and milestones went over time; nobody else reads it."""
    page = coach_trend(request_session(), current_actor(), clock().today())
    return render_template("dashboards/coach_trend.html", page=page)
