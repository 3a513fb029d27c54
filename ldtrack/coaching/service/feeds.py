"""The private address from which a person's calendar fetches their sessions."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.models import CalendarFeed
from ldtrack.coaching.queries.appointments import feed_place, word_hash
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import seal_of


def make_feed(session: Session, actor: Actor, *, now: datetime) -> None:
    """Give the actor's calendar a new address; an earlier one stops at once."""
    if actor.person_id is None:
        raise NotVisible
    end_feed(session, actor)
    word = secrets.token_urlsafe(24)
    session.add(
        CalendarFeed(
            person_id=actor.person_id,
            word_hash=word_hash(word),
            sealed=seal_of(session).close(word, *feed_place(actor.person_id)),
            made_at=now,
        )
    )
    session.flush()


def end_feed(session: Session, actor: Actor) -> None:
    """Let the address lead nowhere."""
    session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == actor.person_id))
