"""What happened to somebody's place in the organisation, and what is planned."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.people.domain.changes import ChangeKind, ChangeRow, change_words
from ldtrack.people.models import Person, PersonChange


def changes_of(session: Session, person_id: int, *, most: int = 50) -> list[ChangeRow]:
    """The latest first; the caller checked who asks.

    Whom a file says to have left has a day and no change yet: it is told all the same, with id 0.
    """
    rows = session.execute(
        select(
            func.coalesce(PersonChange.id, 0).label("id"),
            PersonChange.kind,
            PersonChange.on_day,
            PersonChange.before,
            PersonChange.after,
            PersonChange.done,
            Person.left_on,
            Person.left_reason,
        )
        .select_from(Person)
        .outerjoin(PersonChange, PersonChange.person_id == Person.id)
        .where(Person.id == person_id)
        .order_by(PersonChange.on_day.desc(), PersonChange.id)
        .limit(most)
    ).all()
    found = [
        ChangeRow(
            id=row.id,
            kind=row.kind,
            on=row.on_day,
            words=change_words(row.kind, row.before, row.after, planned=not row.done),
            planned=not row.done,
        )
        for row in rows
        if row.id
    ]
    for left_on, reason in {(row.left_on, row.left_reason) for row in rows}:
        if left_on is not None and not _tells_of(found, left_on):
            found.append(_left(left_on, reason))
    return sorted(found, key=lambda row: row.on, reverse=True)


def _tells_of(rows: list[ChangeRow], left_on: date) -> bool:
    return any(row.kind is ChangeKind.LEAVES and row.on == left_on for row in rows)


def _left(left_on: date, reason: str) -> ChangeRow:
    return ChangeRow(
        id=0,
        kind=ChangeKind.LEAVES,
        on=left_on,
        words=change_words(ChangeKind.LEAVES, "", reason, planned=False),
        planned=False,
    )
