"""Invitations to a pathway: whom they are for, what taking part asks for, and who is interested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from ldtrack.pathways.domain.plan import Due, DueFrom, Stage
from ldtrack.pathways.domain.rules import NOT_ASSESSED, Gap, LevelFact, Standing

_DAYS_OF_A_MONTH = 30


class InterestState(StrEnum):
    """What became of somebody's interest."""

    STATED = "stated"
    ENROLLED = "enrolled"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return {"stated": "Interested"}.get(self.value, self.value.capitalize())


@dataclass(frozen=True, kw_only=True)
class WriteCall:
    """An invitation; `targeted` if it is for those alone whom the pathway's rule names."""

    story: str
    targeted: bool
    opens_on: date
    closes_on: date | None = None
    seats: int | None = None


@dataclass(frozen=True, kw_only=True)
class Call:
    """An invitation as it is stored, with the pathway that it leads to.

    `version_id` is the version that takes people, None if there is none just now.
    """

    id: int
    pathway_id: int
    title: str
    purpose: str
    story: str
    targeted: bool
    opens_on: date
    closes_on: date | None
    seats: int | None
    version_id: int | None = None

    def is_open(self, today: date) -> bool:
        """Whether interest can be stated; on the closing day it still can."""
        return self.opens_on <= today and (self.closes_on is None or today <= self.closes_on)


@dataclass(frozen=True, kw_only=True)
class Reached:
    """An invitation and how its reader stands to it.

    `matches` says that all holds but for levels; of these the rule's `gaps` have to be looked at
    too. `interest` is what the reader said, if anything, and `words` with it.
    """

    call: Call
    matches: bool
    gaps: tuple[Gap, ...]
    unassessed_too: bool
    interest: InterestState | None
    words: str

    def is_for_reader(self, levels: Mapping[int, LevelFact], today: date) -> bool:
        """Whether the reader may read it: it is open and meant for them, or they answered it."""
        if self.interest is not None:
            return True
        return self.call.is_open(today) and self.matches and self._is_short(levels)

    def _is_short(self, levels: Mapping[int, LevelFact]) -> bool:
        standings = [levels.get(gap.competency_id, NOT_ASSESSED).standing for gap in self.gaps]
        counts = {Standing.NOT_SHOWN} | ({Standing.UNASSESSED} if self.unassessed_too else set())
        return all(standing in counts for standing in standings)


@dataclass(frozen=True, kw_only=True)
class CallFigures:
    """How an invitation went: who answered, and what became of them; all are counts of people.

    `n_here` is everybody in the organisation.
    """

    call: Call
    n_interested: int
    n_enrolled: int
    n_declined: int
    n_completed: int
    n_here: int

    @property
    def n_answered(self) -> int:
        """Everybody who said that they are interested and did not take it back."""
        return self.n_interested + self.n_enrolled + self.n_declined

    @property
    def seats_left(self) -> int | None:
        """Seats that nobody has yet; None if there is no limit."""
        return None if self.call.seats is None else max(0, self.call.seats - self.n_enrolled)


@dataclass(frozen=True, kw_only=True)
class InterestRow:
    """Somebody who answered an invitation; `is_on_it` if they are on the pathway by now, `is_here`
    unless they left the organisation."""

    person_id: int
    name: str
    unit: str
    job_profile: str
    words: str
    said_on: date
    state: InterestState
    is_on_it: bool
    is_here: bool

    @property
    def is_answered(self) -> bool:
        """Whether they know what becomes of it."""
        return self.state is not InterestState.STATED

    @property
    def can_come(self) -> bool:
        """Whether they wait for an answer and can be enrolled."""
        return not self.is_answered and self.is_here and not self.is_on_it


@dataclass(frozen=True, kw_only=True)
class Asks:
    """What a pathway asks for; `hours` are those of its courses, None where nobody gave any."""

    n_required: int
    n_optional: int
    hours: float | None
    months: int | None


def asks(stages: Sequence[Stage], hours: Mapping[int, float | None], starts_on: date) -> Asks:
    """What somebody who starts on that day takes on; `hours` are the lengths of courses by id.

    Of a choice as many steps count as it asks for, and of its courses the longest. Months are those
    to the last due day, begun ones as whole; a stage is reckoned to begin when the last due day
    before it comes. Nothing due, no months.

    A course of 6 h due 30 days after enrolment, then a stage with a reflection due 40 days after
    it begins: 6 hours, 70 days, 3 months.
    """
    steps = [step for stage in stages for step in stage.steps]
    alone = [step for step in steps if step.group_id is None]
    groups = [(stage, group) for stage in stages for group in stage.groups]
    required = [step for step in alone if step.required]
    n_chosen = sum(group.choose for _, group in groups)
    lengths = [hours.get(step.course_id or 0) for step in required]
    for stage, group in groups:
        offered = [hours.get(step.course_id or 0) or 0 for step in stage.steps_of(group)]
        lengths += sorted(offered, reverse=True)[: group.choose]
    known = [length for length in lengths if length]
    last = starts_on
    for stage in stages:
        last = max(last, _last_day(stage, starts_on, last))
    days = (last - starts_on).days
    return Asks(
        n_required=len(required) + n_chosen,
        n_optional=len(steps) - len(required) - n_chosen,
        hours=sum(known) if known else None,
        months=ceil(days / _DAYS_OF_A_MONTH) if days else None,
    )


def _last_day(stage: Stage, starts_on: date, begins_on: date) -> date:
    alone: list[Due] = [step for step in stage.steps if step.group_id is None and step.required]
    days = [_day(due, starts_on, begins_on) for due in [*alone, *stage.groups]]
    return max((day for day in days if day is not None), default=begins_on)


def _day(due: Due, starts_on: date, begins_on: date) -> date | None:
    if due.due_from is DueFrom.DATE:
        return due.due_date
    if due.due_days is None:
        return None
    start = begins_on if due.due_from is DueFrom.STAGE else starts_on
    return start + timedelta(days=due.due_days)
