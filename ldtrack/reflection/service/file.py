"""Writing down that somebody took a copy of what they wrote for themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.audit.service import note


def note_own_file(session: Session, actor: Actor, *, now: datetime) -> None:
    """Note that they did; not what was in it."""
    note(
        session,
        account_id=actor.account_id,
        action="reflection.own_record:exported",
        thing="person",
        thing_id=actor.person_id,
        person_id=actor.person_id,
        happened_at=now,
    )
