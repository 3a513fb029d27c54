"""Taking back what a file did: people who are new, and what others were before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders
from ldtrack.access.service import set_holders
from ldtrack.db.base import Base
from ldtrack.db.parts import in_parts
from ldtrack.people.models import Person, PersonChange
from ldtrack.people.queries import people_here


def remove_unattached(session: Session, ids: Iterable[int]) -> int:
    """Delete those of the people to whom nothing but a line manager is attached. Returns how many.

    Whoever is one with another record since then is not among them. Looks at every table that
    refers to people, so that no room has to be asked.
    """
    removed = 0
    for part in in_parts(set(ids)):
        free = sorted(set(part) - _attached(session, part))
        gone = delete(Person).where(Person.id.in_(free)).returning(Person.id)
        removed += len(session.scalars(gone).all())
    session.expire_all()
    return removed


def put_back(
    session: Session,
    before: Mapping[int, Mapping[str, Any]],
    after: Mapping[int, Mapping[str, Any]],
    moves: Mapping[int, int],
) -> int:
    """Give people what was kept of them before, unless it has changed since. Returns how many.

    Their history then says no longer that they moved.
    """
    back: list[int] = []
    for part in in_parts(before):
        for person in session.scalars(select(Person).where(Person.id.in_(part))):
            if all(getattr(person, name) == value for name, value in after[person.id].items()):
                for name, value in before[person.id].items():
                    setattr(person, name, value)
                back.append(person.id)
    session.flush()
    for part in in_parts([moves[one] for one in back if one in moves]):
        session.execute(delete(PersonChange).where(PersonChange.id.in_(part)))
    return len(back)


def move_back(
    session: Session, moved: Mapping[int, tuple[int | None, int | None]], today: date
) -> int:
    """Let people report to whom they did, unless that has changed since. Returns how many."""
    now = holders(session, RelationshipKind.MANAGER, today)
    here = people_here(
        session, {one for pair in moved.items() for one in (pair[0], pair[1][0]) if one}
    )
    back = {
        person_id: before
        for person_id, (before, after) in moved.items()
        if person_id in here and now.get(person_id) == after and (before is None or before in here)
    }
    set_holders(session, kind=RelationshipKind.MANAGER, holders=back, starts_on=today)
    return len(back)


def set_aside(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Free addresses that are to pass to somebody else. Returns whose they were."""
    before: dict[int, str] = {}
    for part in in_parts(set(people)):
        for person in session.scalars(select(Person).where(Person.id.in_(part))):
            before[person.id] = person.email
            person.email = _aside(person.id)
    session.flush()
    return before


def put_addresses_back(session: Session, addresses: Mapping[int, str]) -> None:
    """Give people the addresses that were freed, if they got no other since."""
    for part in in_parts(addresses):
        for person in session.scalars(select(Person).where(Person.id.in_(part))):
            if person.email == _aside(person.id):
                person.email = addresses[person.id]
    session.flush()


def _aside(person_id: int) -> str:
    return f"{person_id}@moving.invalid"


def _attached(session: Session, wanted: list[int]) -> set[int]:
    found: set[int] = set()
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name != Person.__tablename__:
                continue
            condition: ColumnElement[bool] = key.parent.in_(wanted)
            if table.name == "relationship" and key.parent.name == "person_id":
                condition &= table.c.kind != RelationshipKind.MANAGER
            if table.name == "relationship" and key.parent.name == "holder_id":
                condition &= table.c.person_id.not_in(wanted)
            found.update(session.connection().scalars(select(key.parent).where(condition)))
    return found
