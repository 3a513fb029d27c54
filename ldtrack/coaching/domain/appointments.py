"""Planned sessions: when and where, how they end, and what may be typed about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from ldtrack.coaching.domain.rules import LONGEST, SHORTEST
from ldtrack.core.errors import RuleBroken

REMINDED = timedelta(hours=24)
"""How long before it begins both are reminded."""


class AppointmentState(StrEnum):
    """What became of a planned session."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"

    @property
    def label(self) -> str:
        """The words people see."""
        return "missed" if self is AppointmentState.NO_SHOW else self.value


@dataclass(frozen=True, kw_only=True)
class PlanAppointment:
    """A day and a time by the organisation's clocks, a length in minutes, a place or a link."""

    on: date
    at: time
    minutes: int
    place: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class AppointmentRow:
    """A planned session; `turn` counts how often it was changed since it was planned."""

    id: int
    engagement_id: int
    coach_id: int | None
    coach: str
    person_id: int
    person: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    state: AppointmentState
    word: str
    changed_by: str
    changed_at: datetime
    turn: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    def has_begun(self, now: datetime) -> bool:
        """Whether it should be under way or over."""
        return self.starts_at <= now

    def named_for(self, reader_id: int) -> str:
        """What it is called in the calendar of one of the two."""
        return (
            f"Coaching {self.person}"
            if reader_id == self.coach_id
            else f"Coaching with {self.coach}"
        )


def check_times(minutes: int, starts_at: datetime, *, now: datetime) -> None:
    """Raise `RuleBroken` unless it lies ahead and has a likely length."""
    if not SHORTEST <= minutes <= LONGEST:
        raise RuleBroken("minutes", f"Give a length from {SHORTEST} to {LONGEST} minutes.")
    if starts_at <= now:
        raise RuleBroken("on", "Plan a time that is still to come. Log a session that was held.")
