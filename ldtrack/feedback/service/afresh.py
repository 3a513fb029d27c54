"""Rows of answers under fresh random ids, written in that order; what they say does not matter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from ldtrack.core.ids import new_id
from ldtrack.db.base import Base

_AT_ONCE = 500


def renamed(ids: Iterable[int]) -> list[tuple[int, int]]:
    """A fresh random id with each of the old ones, in the order of the fresh."""
    return sorted((new_id(), old) for old in ids)


def written(
    session: Session, organisation_id: int, rows: Mapping[type[Base], Collection[dict[str, Any]]]
) -> None:
    """Write the rows, each table in one go and in the order given."""
    for table, new_rows in rows.items():
        if new_rows:
            owned = [{"organisation_id": organisation_id, **row} for row in new_rows]
            session.execute(insert(table), owned)


def marked(
    session: Session, id_of: InstrumentedAttribute[int], ids: Iterable[int], **values: Any
) -> None:
    """Set the values on the rows with these ids, in their order, a few hundred at once."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        session.execute(
            update(id_of.class_)
            .where(id_of.in_(wanted[start : start + _AT_ONCE]))
            .values(**values)
            .execution_options(synchronize_session=False)
        )
