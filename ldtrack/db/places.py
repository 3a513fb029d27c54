"""Rows that have their place among others, kept as numbers from 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """A row with its place."""

    position: int


P = TypeVar("P", bound=Placed)


def number(rows: Sequence[Placed]) -> None:
    """Give the rows the places of their order here."""
    for position, row in enumerate(rows):
        row.position = position


def swap(rows: Sequence[P], one: P, *, up: bool) -> bool:
    """Let one change places with its neighbour; False at either end, where there is none."""
    found = list(rows)
    here = found.index(one)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(found):
        return False
    found[here], found[there] = found[there], found[here]
    number(found)
    return True
