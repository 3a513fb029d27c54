"""Asking for many rows: a few hundred keys a statement, or, for very many, all rows in one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

from sqlalchemy import Select, delete
from sqlalchemy.orm import InstrumentedAttribute, Session

from ldtrack.db.session import EVERYWHERE

K = TypeVar("K", int, str)

PART = 500
"""Keys in one statement."""
MANY = 4_000
"""From here on it is quicker to read a table once than to ask for its rows in parts."""


def in_parts(keys: Collection[K]) -> Iterator[list[K]]:
    """The keys in order, a few hundred at a time.

    >>> list(in_parts({3, 1, 2}))
    [[1, 2, 3]]
    """
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), PART):
        yield wanted[start : start + PART]


def delete_some(session: Session, key: InstrumentedAttribute[K], wanted: Select[K]) -> int:
    """Delete a few hundred rows of these keys, whatever organisation they are of. Returns how many.

    A few at a time, so that nobody who wants to write has to wait for a long table to be cleared.
    """
    keys = session.scalars(wanted.limit(PART), execution_options=EVERYWHERE).all()
    session.execute(
        delete(key.class_).where(key.in_(keys)),
        execution_options=EVERYWHERE | {"synchronize_session": False},
    )
    return len(keys)
