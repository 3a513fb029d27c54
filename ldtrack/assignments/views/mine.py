"""A leader's own assignments, somebody else's, and one placement."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import pages
from ldtrack.assignments.views import assignments
from ldtrack.people.queries import person
from ldtrack.ui.request import clock, request_session


@assignments.get("/assignments")
@guard(Action.READ_POSTING)
def my_assignments() -> Any:
    """Where the reader is placed, what is due, and what is open."""
    actor = current_actor()
    return render_template(
        "assignments/my_assignments.html",
        page=pages.mine(request_session(), actor, clock().today()),
        may_be_open=policy.could(actor, Action.OPEN_TO_OFFERS),
    )


@assignments.get("/people/<id:person_id>/assignments")
@guard(Action.READ_PLACEMENT)
def of_person(person_id: int) -> Any:
    """Somebody's placements, as the reader may see them."""
    session, actor = request_session(), current_actor()
    name = person(session, actor, person_id).name
    page = pages.of_person(session, actor, person_id, name, clock().today())
    return render_template("assignments/of_person.html", page=page, person_id=person_id)


@assignments.get("/assignments/placements/<id:placement_id>")
@guard(Action.READ_PLACEMENT)
def placement(placement_id: int) -> Any:
    """One placement with its outcome and debriefs."""
    page = pages.placement_page(request_session(), current_actor(), placement_id, clock().today())
    return render_template("assignments/placement.html", page=page, placement=page.placement)
