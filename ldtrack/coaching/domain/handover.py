"""What a leader hands over to a coach of coaching with those before them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Handed(StrEnum):
    """A part that can be handed over; the rest stays where it is."""

    GOALS = "goals"
    SESSIONS = "sessions"
    ACTIONS = "actions"

    @property
    def label(self) -> str:
        """The words people see."""
        return _WORDS[self][0]

    @property
    def meaning(self) -> str:
        """What the coach sees with it."""
        return _WORDS[self][1]


_WORDS = {
    Handed.GOALS: (
        "Goals and milestones",
        "What the agreements aimed at, and every milestone that was agreed",
    ),
    Handed.SESSIONS: ("Sessions with their shared notes", "Never anybody’s private notes"),
    Handed.ACTIONS: ("Actions", "What was promised, and what became of it"),
}


@dataclass(frozen=True, kw_only=True)
class ChangeCoach:
    """Who coaches from now on, and how many sessions are agreed with them."""

    coach_id: int
    sessions_agreed: int


@dataclass(frozen=True, kw_only=True)
class HandoverRow:
    """Coaching before the one that runs, and what was handed over of it.

    Until the leader has decided nothing is, and there is no `decided_at`.
    """

    coaches: tuple[str, ...]
    parts: frozenset[Handed]
    decided_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PeriodRow:
    """The time of one coach in coaching that changed hands; counts and days."""

    engagement_id: int
    coach: str
    starts_on: date
    ends_on: date | None
    n_held: int
