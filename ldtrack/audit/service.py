"""Writing to the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ldtrack.audit.models import AuditEvent
from ldtrack.db.session import Database, organisation_of


def note(
    session: Session,
    *,
    account_id: int | None,
    action: str,
    thing: str,
    happened_at: datetime,
    thing_id: int | None = None,
    person_id: int | None = None,
    reason: str = "",
) -> None:
    """Record that the account did this with the thing, in the caller's transaction."""
    session.add(
        AuditEvent(
            happened_at=happened_at,
            account_id=account_id,
            action=action,
            thing=thing,
            thing_id=thing_id,
            person_id=person_id,
            reason=reason[:500],
        )
    )


def note_each(
    session: Session,
    *,
    account_id: int | None,
    action: str,
    thing: str,
    happened_at: datetime,
    things: Mapping[int, int],
    reason: str = "",
) -> None:
    """The same for many things, given with the person that each is about; one statement."""
    if not things:
        return
    organisation_id = organisation_of(session)
    session.execute(
        insert(AuditEvent),
        [
            {
                "organisation_id": organisation_id,
                "happened_at": happened_at,
                "account_id": account_id,
                "action": action,
                "thing": thing,
                "thing_id": thing_id,
                "person_id": person_id,
                "reason": reason[:500],
            }
            for thing_id, person_id in things.items()
        ],
    )


def seen(
    database: Database,
    *,
    organisation_id: int,
    account_id: int | None,
    action: str,
    thing: str,
    person_id: int,
    happened_at: datetime,
) -> None:
    """Record, in a transaction of its own, that the account read what is about somebody.

    One row for an account, a person and a day is enough: reading on leaves no second one. For
    requests that only read, after the page was made.
    """
    midnight = happened_at.replace(hour=0, minute=0, second=0, microsecond=0)
    already = select(AuditEvent.id).where(
        AuditEvent.person_id == person_id,
        AuditEvent.happened_at >= midnight,
        AuditEvent.account_id == account_id,
        AuditEvent.action == action,
    )
    with database.reading(organisation_id) as session:
        if session.scalar(already.limit(1)) is not None:
            return
    with database.writing(organisation_id) as session:
        note(
            session,
            account_id=account_id,
            action=action,
            thing=thing,
            person_id=person_id,
            happened_at=happened_at,
        )
