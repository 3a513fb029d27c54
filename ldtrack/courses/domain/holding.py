"""Whether somebody holds a course, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=60)
"""From so long before its end on a completion is said to end soon."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """The latest completion of a course that was not failed; no end means it stands for good."""

    completed_on: date
    valid_until: date | None

    def has_ended(self, today: date) -> bool:
        """Whether it has to be renewed by now."""
        return self.valid_until is not None and self.valid_until < today

    def ends_soon(self, today: date) -> bool:
        """Whether it stands, but not for much longer."""
        return self.valid_until is not None and today <= self.valid_until <= today + SOON

    def tag(self, today: date) -> tuple[str, str]:
        """The kind and the word of its tag.

        >>> Held(completed_on=date(2026, 1, 15), valid_until=None).tag(date(2026, 11, 20))
        ('done', 'Held')
        """
        if self.has_ended(today):
            return "late", "Ended"
        if self.ends_soon(today):
            return "due", "Ends soon"
        return "done", "Held"


@dataclass(frozen=True, kw_only=True)
class RenewalRow:
    """Somebody's completion that ends soon."""

    course_id: int
    title: str
    person_id: int
    completed_on: date
    until: date
