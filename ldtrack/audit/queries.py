"""Reading the audit log."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.audit.models import AuditEvent


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line of the log."""

    happened_at: datetime
    account_id: int | None
    action: str
    thing: str
    thing_id: int | None
    person_id: int | None
    reason: str


def about(session: Session, person_id: int, *, action: str = "", most: int = 50) -> list[Happening]:
    """What happened with what is about the person, newest first."""
    wanted = select(AuditEvent).where(AuditEvent.person_id == person_id)
    if action:
        wanted = wanted.where(AuditEvent.action == action)
    rows = session.scalars(
        wanted.order_by(AuditEvent.happened_at.desc(), AuditEvent.id).limit(most)
    )
    return [
        Happening(
            happened_at=row.happened_at,
            account_id=row.account_id,
            action=row.action,
            thing=row.thing,
            thing_id=row.thing_id,
            person_id=row.person_id,
            reason=row.reason,
        )
        for row in rows
    ]


def last_done(session: Session, *, thing: str, thing_id: int, action: str) -> dict[int, datetime]:
    """When this was last done with the thing, by whom it was about."""
    rows = session.execute(
        select(AuditEvent.person_id, func.max(AuditEvent.happened_at))
        .where(
            AuditEvent.thing == thing,
            AuditEvent.thing_id == thing_id,
            AuditEvent.action == action,
            AuditEvent.person_id.is_not(None),
        )
        .group_by(AuditEvent.person_id)
    )
    return {person_id: at for person_id, at in rows if person_id is not None}


def read_before(
    session: Session, account_id: int | None, people: Collection[int], *, thing: str
) -> set[int]:
    """About which of these people the account ever read a thing of this kind."""
    rows = session.scalars(
        select(AuditEvent.person_id)
        .where(
            AuditEvent.account_id == account_id,
            AuditEvent.thing == thing,
            AuditEvent.person_id.in_(sorted(people)),
        )
        .distinct()
    )
    return {person_id for person_id in rows if person_id is not None}
