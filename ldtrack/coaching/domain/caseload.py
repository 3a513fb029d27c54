"""A coach's leaders at a glance, and who of them needs attention first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DUE_SOON = timedelta(days=14)
"""A milestone counts as due from two weeks before its day."""
LONG_AGO = 42
"""Days without a session after which somebody should ask why."""


@dataclass(frozen=True, kw_only=True)
class CaseloadRow:
    """One leader of a coach; counts and days, nothing that was said."""

    engagement_id: int
    person_id: int
    name: str
    starts_on: date
    n_held: int
    n_agreed: int
    last_on: date | None
    next_on: date | None
    n_open_actions: int
    n_to_answer: int
    milestones_due_on: tuple[date, ...]

    def days_since_last(self, today: date) -> int | None:
        """Days since the last session; `None` before the first."""
        return None if self.last_on is None else (today - self.last_on).days

    def n_milestones_due(self, today: date) -> int:
        """Planned milestones that are late or due within two weeks."""
        return sum(day <= today + DUE_SOON for day in self.milestones_due_on)

    def is_unlogged(self, today: date) -> bool:
        """Whether a session was planned for a day before today and none was logged since."""
        return self.next_on is not None and self.next_on < today

    def is_long_ago(self, today: date) -> bool:
        """Whether more than six weeks went by without a session, and none is planned ahead."""
        waited = (today - (self.last_on or self.starts_on)).days
        ahead = self.next_on is not None and self.next_on >= today
        return waited > LONG_AGO and not ahead


def by_need(rows: Iterable[CaseloadRow], today: date) -> list[CaseloadRow]:
    """Who needs attention first.

    Unlogged sessions, long silence, milestones due or proposed, open actions.
    """

    def need(row: CaseloadRow) -> tuple[int, int, str]:
        urgent = 2 * row.is_unlogged(today) + row.is_long_ago(today)
        waiting = row.n_milestones_due(today) + row.n_to_answer
        load = 10 * waiting + row.n_open_actions
        return (-urgent, -load, row.name)

    return sorted(rows, key=need)
