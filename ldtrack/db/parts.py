"""Asking for many rows: a few hundred keys a statement, or, for very many, all rows in one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

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
