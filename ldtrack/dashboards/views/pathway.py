"""Somebody's way along their pathway."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible
from ldtrack.dashboards.pages.pathway import pathway_page
from ldtrack.dashboards.views import dashboards
from ldtrack.dashboards.views.growth import remember_reading
from ldtrack.ui.request import clock, request_session


@dashboards.get("/pathway")
@guard(Action.READ_HOME)
def my_pathway() -> Any:
    """One's own way."""
    person_id = current_actor().person_id
    if person_id is None:
        raise NotVisible
    return _way_of(person_id)


@dashboards.get("/people/<id:person_id>/pathway")
@guard(Action.READ_ENROLMENT)
def pathway(person_id: int) -> Any:
    """Somebody's way, for whoever may see it."""
    return _way_of(person_id)


def _way_of(person_id: int) -> Any:
    page = pathway_page(request_session(), current_actor(), person_id, clock().today())
    answer = render_template("dashboards/pathway.html", page=page)
    remember_reading(person_id)
    return answer
