"""The address without a path: everybody's own first page."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, url_for

from ldtrack.access.actions import Action
from ldtrack.access.domain import Role
from ldtrack.access.guard import current_actor, guard
from ldtrack.dashboards.views import dashboards

_FIRST = (
    (Role.LEADER, "dashboards.leader_home"),
    (Role.COACH, "dashboards.caseload"),
    (Role.SPONSOR, "dashboards.portfolio"),
    (Role.HR, "dashboards.today"),
    (Role.ADMINISTRATOR, "people.accounts"),
)


@dashboards.get("/")
@guard(Action.READ_HOME)
def front() -> Any:
    """Go on to the first page of the actor's first role; to one's own account without any."""
    actor = current_actor()
    pages = [
        endpoint
        for role, endpoint in _FIRST
        if actor.has(role) and endpoint in current_app.view_functions
    ]
    return redirect(url_for(pages[0] if pages else "people.own_account"), 303)
