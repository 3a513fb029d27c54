"""Where an account is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.people.domain import browser_words
from ldtrack.people.models import LoginSession


@dataclass(frozen=True, kw_only=True)
class SignInRow:
    """One signed-in browser."""

    id: int
    began_at: datetime
    browser: str


def sign_ins(session: Session, actor: Actor, now: datetime) -> list[SignInRow]:
    """The actor's own sign-ins that still hold, newest first."""
    rows = session.scalars(
        select(LoginSession)
        .where(
            LoginSession.account_id == actor.account_id,
            LoginSession.ended_at.is_(None),
            LoginSession.ends_at > now,
        )
        .order_by(LoginSession.began_at.desc())
    )
    return [
        SignInRow(id=row.id, began_at=row.began_at, browser=browser_words(row.device))
        for row in rows
    ]
