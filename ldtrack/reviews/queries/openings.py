"""Who opened a person's reviews, from the audit log."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.audit.queries import about
from ldtrack.reviews.domain.rows import Opening


def openings_of(session: Session, person_id: int) -> list[Opening]:
    """Everybody else who opened one, newest first; for the person themselves."""
    return [
        Opening(review_id=line.thing_id, who=line.reason, opened_at=line.happened_at)
        for line in about(session, person_id, action=Action.READ_REVIEW)
        if line.thing_id is not None and line.reason
    ]
