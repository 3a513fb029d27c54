"""Milestones as they are handed out: where they stand, who proposed them, where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.coaching.domain.kinds import MilestoneState


@dataclass(frozen=True, kw_only=True)
class OriginRow:
    """Where a milestone came from; the ids are missing once the report is gone.

    `is_agreed` says whether it became one that counts.
    """

    milestone_id: int
    release_id: int | None
    item_id: int | None
    cycle: str
    statement: str
    set_by_id: int | None
    set_on: date
    is_agreed: bool


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """A milestone and where it stands; `moved_in_id` is the session that met or missed it.

    Without an `engagement_id` the leader set it without a coach. `origin` is there for leader and
    coach, if it was made from a statement.
    """

    id: int
    engagement_id: int | None
    person_id: int
    competency_id: int
    title: str
    level: int
    due_on: date | None
    met_on: date | None
    state: MilestoneState
    step_id: int | None
    moved_in_id: int | None
    origin: OriginRow | None = None

    def is_late(self, today: date) -> bool:
        """Whether it is still planned though its day is over."""
        planned = self.state is MilestoneState.PLANNED
        return planned and self.due_on is not None and self.due_on < today

    @property
    def is_without_coach(self) -> bool:
        """Whether no coach has had to do with it, so that it is no evidence, whatever it says."""
        return self.engagement_id is None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a milestone says: what will be seen, at which level, by when."""

    title: str
    level: int
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class ProposalRow:
    """How a milestone came to be proposed, and what the other said.

    `turn` counts how often it went from one to the other; `before` is what it said the turn before.
    `first_by_id` proposed it first. Whoever answered it is `answered_by`; it is who proposed it
    where the leader cannot sign in and the coach noted that both agreed.
    """

    milestone: MilestoneRow
    turn: int
    first_by_id: int | None
    by_id: int | None
    by: str
    proposed_on: date
    word: str
    before: Terms | None
    coach_id: int | None
    coach: str
    runs: bool
    answered_by_id: int | None
    answered_by: str
    answered_on: date | None
    answer: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer; once the coaching is over nobody can give one."""
        return self.runs and self.milestone.state is MilestoneState.PROPOSED

    def waits_for(self, reader_id: int | None) -> bool:
        """Whether it is this reader, one of the two, who is asked."""
        return self.is_open and self.by_id != reader_id

    @property
    def changed(self) -> tuple[str, ...]:
        """What is new since the turn before, by the names of the terms."""
        if self.before is None:
            return ()
        return tuple(
            name
            for name in ("title", "level", "due_on")
            if getattr(self.before, name) != getattr(self.milestone, name)
        )
