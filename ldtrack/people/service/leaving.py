"""People who leave: access ends on the day, history stays, and they can come back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.access.service import end_everything, go_on
from ldtrack.db.parts import in_parts
from ldtrack.people.models import Person


def leave_all(
    session: Session, people: Collection[int], *, on: date, reason: str
) -> tuple[list[int], dict[int, date | None]]:
    """Let those of the people who are here have left on a day that has come.

    They cannot sign in any more, and whatever they are to others and others to them ends. Returns
    who left, and the relationships that ended, each with its former last day.
    """
    gone: list[int] = []
    for part in in_parts(people):
        here = session.scalars(select(Person.id).where(Person.id.in_(part), Person.active)).all()
        session.execute(
            update(Person)
            .where(Person.id.in_(here))
            .values(active=False, left_on=on, left_reason=reason)
        )
        gone += here
    return gone, end_everything(session, gone, ended_on=on)


def bring_back(session: Session, people: Collection[int], ended: Mapping[int, date | None]) -> int:
    """Take back that people left, with the relationships that ended by it. Returns how many."""
    count = 0
    for part in in_parts(people):
        away = Person.active.is_(False)
        gone = session.scalars(select(Person.id).where(Person.id.in_(part), away)).all()
        session.execute(
            update(Person)
            .where(Person.id.in_(gone))
            .values(active=True, left_on=None, left_reason="")
        )
        count += len(gone)
    go_on(session, ended)
    return count
