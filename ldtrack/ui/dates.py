"""How days, instants, levels and counts read on a page; nothing here knows today's date."""

from __future__ import annotations

from datetime import date, datetime

# Spelled out because the system's locale must not change what people read.
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

NOTHING = "–"


def day(on: date | None) -> str:
    """``3 Nov 2026``; a dash when there is no day."""
    return NOTHING if on is None else f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def day_short(on: date | None) -> str:
    """``3 Nov``, for places where the year is plain."""
    return NOTHING if on is None else f"{on.day} {_MONTHS[on.month - 1]}"


def day_near(on: date | None, today: date) -> str:
    """``3 Nov`` in the year of ``today``, ``3 Jan 2027`` in any other."""
    return day_short(on) if on is not None and on.year == today.year else day(on)


def weekday(on: date | None) -> str:
    """``Tue 3 Nov``."""
    return NOTHING if on is None else f"{_WEEKDAYS[on.weekday()]} {day_short(on)}"


def month(on: date | None) -> str:
    """``Nov 2026``."""
    return NOTHING if on is None else f"{_MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime | None) -> str:
    """``3 Nov 2026, 14:05`` by the clocks that ``at`` was read from."""
    return NOTHING if at is None else f"{day(at)}, {at:%H:%M}"


def level(value: float | None) -> str:
    """A level with one decimal; a dash when there is none, because missing is never zero."""
    return NOTHING if value is None else f"{value:.1f}"


def share(value: float | None) -> str:
    """A share of 1 as a whole percentage: 0.62 reads ``62%``."""
    return NOTHING if value is None else f"{round(value * 100)}%"


def count_of(n: int, one: str, many: str | None = None) -> str:
    """``1 session``, ``3 sessions``; ``many`` for words that do not just take an s."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
