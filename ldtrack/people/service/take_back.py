"""Taking people back who were brought in by mistake."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.db.base import Base
from ldtrack.db.parts import in_parts
from ldtrack.people.models import Person


def remove_unattached(session: Session, ids: Iterable[int]) -> int:
    """Delete those of the people to whom nothing but a line manager is attached. Returns how many.

    Looks at every table that refers to people, so that no room has to be asked.
    """
    removed = 0
    for part in in_parts(set(ids)):
        free = sorted(set(part) - _attached(session, part))
        session.execute(delete(Person).where(Person.id.in_(free)))
        removed += len(free)
    session.expire_all()
    return removed


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
