"""What becomes of looks back and openings whose author is to be forgotten."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ldtrack.assignments.domain import PUBLIC
from ldtrack.assignments.models import Debrief, Posting


def forget_author(session: Session, person_id: int) -> None:
    """Delete debriefs that were begun and not held, and openings that were never published.

    Until then they are their author's alone. Debriefs that were held stay with whoever was in the
    assignment, without a name.
    """
    session.execute(
        delete(Posting).where(Posting.author_id == person_id, Posting.state.not_in(PUBLIC))
    )
    session.execute(
        delete(Debrief).where(Debrief.author_id == person_id, Debrief.held_on.is_(None))
    )
