"""The coach's page of a leader, and the leader's own page."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, queries
from ldtrack.coaching.views import coaching
from ldtrack.ui.request import clock, request_session


@coaching.get("/people/<id:person_id>/coaching")
@guard(Action.LOG_SESSION)
def leader(person_id: int) -> Any:
    """What the coach of a leader has before them when they prepare."""
    page = pages.leader_page(request_session(), current_actor(), person_id, clock().now())
    return render_template("coaching/leader.html", page=page, engagement=page.engagement)


@coaching.get("/coaching")
@guard(Action.READ_SESSION)
def my_coaching() -> Any:
    """A leader's own coaching."""
    session, actor = request_session(), current_actor()
    page = pages.own_page(session, actor, clock().now())
    return render_template(
        "coaching/my_coaching.html",
        page=page,
        engagement=page.engagement,
        chooses=page.engagement is None and queries.chooses(session, actor),
    )
