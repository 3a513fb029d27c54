"""Pages of coaching: HR's list, the coach's and the leader's page, the session form."""

from flask import Blueprint, current_app, url_for

coaching = Blueprint("coaching", __name__)


@coaching.context_processor
def caseload() -> dict[str, str]:
    """Where a coach came from; the page belongs to a room above this one."""
    there = "dashboards.caseload" in current_app.view_functions
    return {"caseload_url": url_for("dashboards.caseload") if there else ""}


from ldtrack.coaching.views import (  # noqa: E402  # registers its routes
    actions,
    coaches,
    engagements,
    milestones,
    notes,
    reading,
    sessions,
)

__all__ = [
    "actions",
    "coaches",
    "coaching",
    "engagements",
    "milestones",
    "notes",
    "reading",
    "sessions",
]
