"""The catalogue of openings, which knows how each fits its reader."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments.queries import wanted_from
from ldtrack.dashboards.pages.on_offer import on_offer_page
from ldtrack.dashboards.views import dashboards
from ldtrack.ui.lists import page_number
from ldtrack.ui.request import clock, request_session


@dashboards.get("/assignments/catalogue")
@guard(Action.READ_POSTING)
def openings() -> Any:
    """What one can apply for, narrowed and in the order that the address says."""
    page = on_offer_page(
        request_session(),
        current_actor(),
        wanted_from(request.args),
        page=page_number(),
        today=clock().today(),
    )
    return render_template("dashboards/openings.html", page=page)
