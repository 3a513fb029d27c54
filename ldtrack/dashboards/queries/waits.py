"""In which rooms something may wait for somebody, asked of all of them in one statement."""

from __future__ import annotations

from sqlalchemy import union_all
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import PLACEMENT, placements_asking
from ldtrack.coaching.queries import AGREEMENT, signatures_asked_of
from ldtrack.feedback.queries.short import SHORT, open_requests_to
from ldtrack.network.queries import TRIAD, seats_of
from ldtrack.reflection.queries import TAKEAWAY, takeaways_waiting

__all__ = ["AGREEMENT", "PLACEMENT", "SHORT", "TAKEAWAY", "TRIAD", "what_waits"]


def what_waits(session: Session, actor: Actor) -> frozenset[str]:
    """The words of those rooms; most people have something in few of them."""
    person_id = actor.person_id or 0
    rooms = (
        signatures_asked_of(person_id),
        placements_asking(actor),
        open_requests_to(person_id),
        seats_of(person_id),
        takeaways_waiting(person_id),
    )
    return frozenset(session.scalars(union_all(*rooms)))
