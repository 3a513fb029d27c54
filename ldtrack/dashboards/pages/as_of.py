"""The day that a page is about: today, or a past one that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

EARLIEST = date(1950, 1, 1)


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """`refused` says that something was asked for that is no day up to today."""

    day: date
    today: date
    refused: bool = False

    @property
    def is_past(self) -> bool:
        """Whether later evidence is left out."""
        return self.day < self.today


def as_of(asked: str, today: date) -> AsOf:
    """The day that was asked for as YYYY-MM-DD; today if nothing was, or nothing sensible.

    >>> as_of("2027-01-01", date(2026, 11, 20)).refused
    True
    """
    if not asked:
        return AsOf(day=today, today=today)
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return AsOf(day=today, today=today, refused=True)
    if not EARLIEST <= day <= today:
        return AsOf(day=today, today=today, refused=True)
    return AsOf(day=day, today=today)
