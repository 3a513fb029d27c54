"""What was done: the pathway, courses, coaching and assignments, without a word of any note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class StagePart:
    """A stage of the pathway: steps done of those required, and gates shown of those set."""

    title: str
    done: int
    steps: int
    shown: int
    gates: int


@dataclass(frozen=True, kw_only=True)
class PathwayPart:
    """The pathway the person is on."""

    title: str
    enrolled_on: date
    stages: tuple[StagePart, ...]

    @property
    def has_gates(self) -> bool:
        """Whether any stage asks for a level that may be told."""
        return any(stage.gates for stage in self.stages)


@dataclass(frozen=True, kw_only=True)
class CoursePart:
    """A completed course beside what it left as evidence."""

    title: str
    completed_on: date
    result: str
    develops: tuple[str, ...]
    evidence: str


class Reached(StrEnum):
    """Where a milestone stands; the words are for print."""

    PLANNED = "open"
    MET = "met"
    MISSED = "not met"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class MilestonePart:
    """Something agreed on purpose between leader and coach."""

    title: str
    competency: str
    level: int | None
    due_on: date | None
    met_on: date | None
    reached: Reached


@dataclass(frozen=True, kw_only=True)
class CoachingPart:
    """Counts and dates of coaching, nothing that was said; a count that is None may not be told."""

    coach: str
    purpose: str
    began_on: date | None
    held: int | None
    agreed: int | None
    last_on: date | None
    actions_kept: int | None
    actions_open: int | None
    actions_slipped: int | None
    milestones: tuple[MilestonePart, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimPart:
    """A level that an outcome was confirmed to show."""

    competency: str
    level: float


@dataclass(frozen=True, kw_only=True)
class DebriefPart:
    """How somebody looked back on an assignment."""

    author: str
    kind: str
    held_on: date
    outcome: str
    learned: str
    next_action: str


@dataclass(frozen=True, kw_only=True)
class AssignmentPart:
    """A stretch assignment: what was promised, what was delivered and who confirmed it."""

    title: str
    kind: str
    state: str
    starts_on: date
    ends_on: date | None
    stretch: str
    promised: str
    measure: str
    delivered: str
    proof: str
    outcome_word: str
    """What the owner's word amounts to: confirmed with proof, else claimed."""
    confirmed_by: str
    confirmed_on: date | None
    claims: tuple[ClaimPart, ...]
    debriefs: tuple[DebriefPart, ...]
