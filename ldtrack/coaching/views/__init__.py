"""Pages of coaching: HR's list, the coach's and the leader's page, the session form."""

from flask import Blueprint, current_app, url_for

from ldtrack.coaching.domain.templates import Template

coaching = Blueprint("coaching", __name__)


@coaching.context_processor
def caseload() -> dict[str, object]:
    """Where a coach came from, a page of a room above this one; and the prompts of a session."""
    there = "dashboards.caseload" in current_app.view_functions
    return {
        "caseload_url": url_for("dashboards.caseload") if there else "",
        "prompts": tuple(Template),
    }


from ldtrack.coaching.views import (  # noqa: E402  # registers its routes
    actions,
    agreements,
    appointments,
    asked,
    bringing,
    calendar,
    choices,
    choosing,
    closing,
    coaches,
    engagements,
    handover,
    milestones,
    notes,
    presenting,
    proposals,
    reading,
    sessions,
)

__all__ = [
    "actions",
    "agreements",
    "appointments",
    "asked",
    "bringing",
    "calendar",
    "choices",
    "choosing",
    "closing",
    "coaches",
    "coaching",
    "engagements",
    "handover",
    "milestones",
    "notes",
    "presenting",
    "proposals",
    "reading",
    "sessions",
]
