"""What becomes of looks back whose author is to be forgotten."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ldtrack.assignments.models import Debrief


def forget_author(session: Session, person_id: int) -> None:
    """Delete debriefs that were begun and not held: until then they are their author's alone.

    Those that were held stay with whoever was in the assignment, without a name.
    """
    session.execute(
        delete(Debrief).where(Debrief.author_id == person_id, Debrief.held_on.is_(None))
    )
