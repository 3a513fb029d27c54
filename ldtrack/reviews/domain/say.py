"""How numbers, days and counts read in a review; sentences live where they are said."""

from __future__ import annotations

from datetime import date

from ldtrack.charts.series.words import MONTHS, day_words, level_words
from ldtrack.reviews.domain.document import Standing


def day(on: date) -> str:
    """3 Nov 2026."""
    return day_words(on)


def long_day(on: date) -> str:
    """3 November 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def level(value: float) -> str:
    """3.6."""
    return level_words(value)


def levels(standing: Standing) -> str:
    """3.6 (3.2 to 3.9)."""
    return f"{level(standing.level)} ({level(standing.low)} to {level(standing.high)})"


def percent(share: float) -> str:
    """0.9 is "90%"."""
    return f"{round(share * 100)}%"


_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(n: int) -> str:
    """Small numbers in words, as running text wants them."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else str(n)


def count_of(n: int, one: str, many: str | None = None) -> str:
    """1 piece, 3 pieces."""
    return f"{n} {one if n == 1 else many or one + 's'}"
