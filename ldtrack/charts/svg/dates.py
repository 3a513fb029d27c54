"""Days on a horizontal axis: the span to draw and the days to name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ldtrack.charts.series.words import day_words, short_month_words

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_MONTHS_FROM = timedelta(days=60)
"""The shortest span whose ends are named by month alone."""


@dataclass(frozen=True, kw_only=True)
class DateAxis:
    """Maps days from `first` to `last` onto the pixels from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        share = (day - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)

    def ends(self) -> tuple[str, str]:
        say = short_month_words if self.last - self.first > _MONTHS_FROM else day_words
        return say(self.first), say(self.last)

    def ticks(self, room: float) -> list[date]:
        """The first days of months, as many as stand at least `room` pixels apart."""
        months = [_month(n) for n in range(_number(self.first), _number(self.last) + 1)]
        inside = [day for day in months if self.first <= day <= self.last]
        most = max((self.right - self.left) / room, 1)
        for step in _STEPS:
            chosen = [day for day in inside if _number(day) % step == 0]
            if len(chosen) <= most:
                return chosen
        return []


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
