"""Writing to the audit log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.audit.models import AuditEvent


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
