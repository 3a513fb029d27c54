"""The states of a cycle and of each subject in it; when a step is taken is decided elsewhere.

A cycle is set up, opened and closed; each subject has a way of their own through it, because in
a rolling cycle everybody starts when they are ready. There is no way back from a close: the link
between invitations and answers is destroyed then, and what was shown stays shown.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from ldtrack.core.errors import Conflict


class CycleState(StrEnum):
    """Where a cycle stands as a whole."""

    DRAFT = "draft"
    NOMINATING = "nominating"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class SubjectState(StrEnum):
    """Where one subject's feedback stands.

    READY has its raters settled. CLOSED waits for its report, AUDITED for a moderator, WITH_COACH
    for the conversation. WITHHELD has no report: any would have told who said what.
    """

    DRAFT = "draft"
    NOMINATING = "nominating"
    APPROVING = "approving"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    AUDITED = "audited"
    WITH_COACH = "with the coach"
    RELEASED = "released"
    WITHHELD = "withheld"


class Pace(StrEnum):
    """Whether everybody's feedback opens on one day, or each person's when they are ready."""

    TOGETHER = "together"
    ROLLING = "rolling"


State = TypeVar("State", CycleState, SubjectState)

CYCLE_STEPS: dict[CycleState, frozenset[CycleState]] = {
    CycleState.DRAFT: frozenset({CycleState.NOMINATING, CycleState.OPEN, CycleState.ARCHIVED}),
    CycleState.NOMINATING: frozenset({CycleState.OPEN, CycleState.ARCHIVED}),
    CycleState.OPEN: frozenset({CycleState.CLOSED}),
    CycleState.CLOSED: frozenset({CycleState.ARCHIVED}),
    CycleState.ARCHIVED: frozenset(),
}
SUBJECT_STEPS: dict[SubjectState, frozenset[SubjectState]] = {
    SubjectState.DRAFT: frozenset({SubjectState.NOMINATING, SubjectState.OPEN}),
    SubjectState.NOMINATING: frozenset({SubjectState.APPROVING, SubjectState.READY}),
    SubjectState.APPROVING: frozenset({SubjectState.NOMINATING, SubjectState.READY}),
    SubjectState.READY: frozenset({SubjectState.NOMINATING, SubjectState.OPEN}),
    SubjectState.OPEN: frozenset({SubjectState.CLOSED}),
    SubjectState.CLOSED: frozenset({SubjectState.AUDITED, SubjectState.WITHHELD}),
    SubjectState.AUDITED: frozenset({SubjectState.WITH_COACH, SubjectState.RELEASED}),
    SubjectState.WITH_COACH: frozenset({SubjectState.RELEASED}),
    SubjectState.RELEASED: frozenset(),
    SubjectState.WITHHELD: frozenset(),
}
"""From each state, the states that can follow."""

_STEPS: dict[type, dict[Any, frozenset[Any]]] = {
    CycleState: CYCLE_STEPS,
    SubjectState: SUBJECT_STEPS,
}
NOT_BEGUN = frozenset({CycleState.DRAFT, CycleState.NOMINATING})
"""A cycle of which no rater has been asked."""
BEFORE_OPENING = frozenset(
    {SubjectState.DRAFT, SubjectState.NOMINATING, SubjectState.APPROVING, SubjectState.READY}
)
"""A subject whose raters can still be changed at will."""
_COACH_READS = frozenset({SubjectState.WITH_COACH, SubjectState.RELEASED})


def moved(state: State, to: State) -> State:
    """The state after the step; raises Conflict if there is no such step.

    >>> moved(CycleState.OPEN, CycleState.CLOSED).value
    'closed'
    """
    if to not in _STEPS[type(to)][state]:
        raise Conflict(f"This is {state.value}; it cannot become {to.value}.")
    return to


def accepts_answers(state: SubjectState, closes_on: date | None, today: date) -> bool:
    """Only an open questionnaire takes answers, to the end of its last day."""
    return state is SubjectState.OPEN and closes_on is not None and today <= closes_on


def may_be_changed(state: CycleState) -> bool:
    """Questionnaire, groups and floor are fixed once anybody was asked for anything."""
    return state is CycleState.DRAFT


def coach_may_read(state: SubjectState) -> bool:
    """Whether the coach may read a report, if there is one; nothing before close, to anybody."""
    return state in _COACH_READS
