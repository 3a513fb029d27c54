"""A sponsor's first page."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.dashboards.pages.portfolio import portfolio_page
from ldtrack.dashboards.views import dashboards
from ldtrack.ui.request import clock, request_session


@dashboards.get("/portfolio")
@guard(Action.READ_PORTFOLIO)
def portfolio() -> Any:
    """The leaders that the actor sponsors."""
    page = portfolio_page(request_session(), current_actor(), clock().today())
    return render_template("dashboards/portfolio.html", page=page)
