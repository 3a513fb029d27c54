"""Somebody's growth, whole and by competency."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.audit.service import seen
from ldtrack.core.errors import NotVisible
from ldtrack.dashboards.pages.as_of import AsOf, as_of
from ldtrack.dashboards.pages.competency import competency_page
from ldtrack.dashboards.pages.leader_home import leader_home as home_page
from ldtrack.dashboards.views import dashboards
from ldtrack.ui.request import clock, database, request_session


@dashboards.get("/growth")
@guard(Action.READ_HOME)
def leader_home() -> Any:
    """One's own growth."""
    person_id = current_actor().person_id
    if person_id is None:
        raise NotVisible
    return _growth_of(person_id)


@dashboards.get("/people/<id:person_id>/growth")
@guard(Action.READ_TRAJECTORY)
def growth(person_id: int) -> Any:
    """Somebody's growth, for whoever may see it."""
    return _growth_of(person_id)


@dashboards.get("/people/<id:person_id>/growth/<id:competency_id>")
@guard(Action.READ_TRAJECTORY)
def competency(person_id: int, competency_id: int) -> Any:
    """One competency, and why its level is what it is."""
    page = competency_page(
        request_session(), current_actor(), person_id, competency_id, asked_day()
    )
    answer = render_template("dashboards/competency.html", page=page)
    remember_reading(person_id)
    return answer


def _growth_of(person_id: int) -> Any:
    page = home_page(
        request_session(),
        current_actor(),
        person_id,
        asked_day(),
        rater_key=current_app.extensions["ldtrack.settings"].rater_key,
    )
    answer = render_template("dashboards/leader_home.html", page=page)
    remember_reading(person_id)
    return answer


def asked_day() -> AsOf:
    """The day that the address asks for, else today."""
    return as_of(request.args.get("as_of", ""), clock().today())


def remember_reading(person_id: int) -> None:
    """Leave a trace of having read about somebody else."""
    actor = current_actor()
    if actor.person_id != person_id:
        seen(
            database(),
            organisation_id=actor.organisation_id,
            account_id=actor.account_id,
            action=Action.READ_TRAJECTORY,
            thing="trajectory",
            person_id=person_id,
            happened_at=clock().now(),
        )
