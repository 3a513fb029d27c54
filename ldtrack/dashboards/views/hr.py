"""HR's first page, and what could not be delivered."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.dashboards.pages.today import today_page
from ldtrack.dashboards.views import dashboards
from ldtrack.outbox.queries import undelivered as failed_messages
from ldtrack.ui.request import clock, request_session


@dashboards.get("/today")
@guard(Action.READ_PROGRAMME)
def today() -> Any:
    """What wants action."""
    page = today_page(request_session(), current_actor(), clock().today())
    return render_template("dashboards/today.html", page=page)


@dashboards.get("/today/undelivered")
@guard(Action.READ_PROGRAMME)
def undelivered() -> Any:
    """Addresses that mail could not be brought to."""
    rows = [
        {"address": address, "problem": problem}
        for address, problem in failed_messages(request_session())
    ]
    return render_template("dashboards/undelivered.html", rows=rows)
