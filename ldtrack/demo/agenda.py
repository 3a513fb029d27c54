"""What is still to happen in a made-up history, in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

Act = Callable[[datetime], None]
"""Something that happens, told at which instant."""


class Agenda:
    """Acts by their instants; an act may put on further ones, and none happens after the end."""

    def __init__(self, ends_at: datetime) -> None:
        self.ends_at = ends_at
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def at(self, instant: datetime, act: Act) -> None:
        """Let something happen then; of one instant, what was put on first comes first."""
        if instant <= self.ends_at:
            heapq.heappush(self._acts, (instant, next(self._order), act))

    def play(self, month_began: Callable[[date], None]) -> None:
        """Let everything happen, saying when a month begins."""
        month = None
        while self._acts:
            instant, _, act = heapq.heappop(self._acts)
            if month != (month := (instant.year, instant.month)):
                month_began(instant.date())
            act(instant)


def office_hours(random: Random, day: date) -> datetime:
    """An instant of the day, or of the Monday after it, between nine and five."""
    at = time(random.randint(9, 16), random.randint(0, 59))
    return datetime.combine(working_day(day), at, UTC)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend's.

    >>> working_day(date(2026, 11, 21))
    datetime.date(2026, 11, 23)
    """
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)
