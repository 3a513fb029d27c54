"""The first pages of everybody, by role."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, url_for

from ldtrack.charts.figure import to_plotly
from ldtrack.charts.svg import LARGE, NARROW, to_svg
from ldtrack.dashboards.pages.words import Target

dashboards = Blueprint("dashboards", __name__)


@dashboards.context_processor
def _drawing() -> dict[str, Any]:
    return {
        "to_svg": to_svg,
        "to_plotly": to_plotly,
        "large": LARGE,
        "narrow": NARROW,
        "address_of": address_of,
        "address_named": address_named,
    }


def address_of(target: Target | None) -> str:
    """The address of a page; empty where there is none."""
    return "" if target is None else address_named(target.endpoint, **target.values)


def address_named(endpoint: str, **values: Any) -> str:
    """The same by the name of the page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


from ldtrack.dashboards.views import (  # noqa: E402, F401  # register their routes
    call_desk,
    calls,
    coach,
    competency_map,
    editions,
    enrolment_rule,
    front,
    goal,
    growth,
    hr,
    on_offer,
    pathway,
    sponsor,
)
