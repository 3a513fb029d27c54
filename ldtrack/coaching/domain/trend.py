"""What a coach did over time, as values; whether it leans is asked elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class HeldSession:
    """One session: its day, its length, with whom."""

    on: date
    minutes: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class JudgedMilestone:
    """One milestone that was met or missed in a session of that day."""

    id: int
    person_id: int
    on: date
    met: bool


@dataclass(frozen=True, kw_only=True)
class OwnTrend:
    """Everything since a day, oldest first."""

    sessions: tuple[HeldSession, ...]
    milestones: tuple[JudgedMilestone, ...]

    def judged(self) -> dict[int, frozenset[int]]:
        """The milestones that were judged, by leader."""
        people = {one.person_id for one in self.milestones}
        return {
            person_id: frozenset(one.id for one in self.milestones if one.person_id == person_id)
            for person_id in people
        }
