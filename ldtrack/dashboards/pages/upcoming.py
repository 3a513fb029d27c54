"""What is next for somebody: everything with a day on it from every room, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ldtrack.dashboards.pages.words import Target, plural

MOST = 5


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """Something to do or to attend; `act` is the word of its link."""

    due_on: date | None
    text: str
    act: str
    target: Target
    note: str = ""
    never_late: bool = False
    """A meeting that is past was held or not; and nobody waits for what is one's own alone."""

    def lateness(self, today: date) -> str:
        """ "2 days late"; empty while there is time."""
        if self.never_late or self.due_on is None or self.due_on >= today:
            return ""
        return f"{plural((today - self.due_on).days, 'day')} late"


def in_order(items: Iterable[Upcoming]) -> tuple[Upcoming, ...]:
    """Soonest due first; what has no day comes last."""
    return tuple(sorted(items, key=lambda item: (item.due_on or date.max, item.text)))
