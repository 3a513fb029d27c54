"""The memory that makes a repeated request harmless: its key, kept with what it stored.

The key is written in the same transaction as everything else the request did, so either both are
there or neither is.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from ldtrack.db.base import Base
from ldtrack.db.parts import delete_some

KEPT = timedelta(days=7)
"""How long a form that was acted upon is remembered; nobody sends one again after a week."""


class AnsweredRequest(Base):
    """A form that was already acted upon, and where its sender was sent."""

    __tablename__ = "answered_request"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str] = mapped_column(String(2000))
    answered_at: Mapped[datetime] = mapped_column(index=True)


def once_key(*parts: str) -> str:
    """One key for a sender, an address and the form's own random key."""
    return sha256("\x1f".join(parts).encode()).hexdigest()


def answer_to(session: Session, key: str) -> str | None:
    """Where the same request was sent before, if it was."""
    earlier = session.get(AnsweredRequest, key)
    return earlier.location if earlier else None


def remember(session: Session, key: str, location: str, answered_at: datetime) -> None:
    """Keep the answer; a second one of the same key breaks the primary key."""
    session.add(AnsweredRequest(key=key, location=location[:2000], answered_at=answered_at))


def tidy(session: Session, now: datetime) -> int:
    """Forget some of what was answered long ago. Returns how many."""
    old = select(AnsweredRequest.key).where(AnsweredRequest.answered_at < now - KEPT)
    return delete_some(session, AnsweredRequest.key, old)
