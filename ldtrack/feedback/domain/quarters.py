"""Quarters of a year, in which an organisation counts how often somebody is asked."""

from __future__ import annotations

from datetime import date, timedelta


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter.

    >>> [d.isoformat() for d in quarter_of(date(2026, 11, 3))]
    ['2026-10-01', '2026-12-31']
    """
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    year, month = divmod(first.month - 1 + 3, 12)
    return first, date(first.year + year, month + 1, 1) - timedelta(days=1)
