"""The states of a cycle and the steps between them; when a step is taken is decided elsewhere.

There is no way back: at close the link between invitations and answers is destroyed, and what was
shown stays shown.
"""

from __future__ import annotations

from enum import StrEnum

from ldtrack.core.errors import Conflict


class CycleState(StrEnum):
    """Where a cycle stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    RELEASED_TO_COACH = "with the coach"
    RELEASED = "released"
    ARCHIVED = "archived"


STEPS: dict[CycleState, frozenset[CycleState]] = {
    CycleState.DRAFT: frozenset({CycleState.OPEN, CycleState.ARCHIVED}),
    CycleState.OPEN: frozenset({CycleState.CLOSED}),
    CycleState.CLOSED: frozenset(
        {CycleState.RELEASED_TO_COACH, CycleState.RELEASED, CycleState.ARCHIVED}
    ),
    CycleState.RELEASED_TO_COACH: frozenset({CycleState.RELEASED}),
    CycleState.RELEASED: frozenset({CycleState.ARCHIVED}),
    CycleState.ARCHIVED: frozenset(),
}
"""From each state, the states it can move to."""

_COACH_READS = frozenset({CycleState.RELEASED_TO_COACH, CycleState.RELEASED, CycleState.ARCHIVED})
_SUBJECT_READS = frozenset({CycleState.RELEASED, CycleState.ARCHIVED})


def moved(state: CycleState, to: CycleState) -> CycleState:
    """The state after the step; raises Conflict if there is no such step.

    >>> moved(CycleState.OPEN, CycleState.CLOSED).value
    'closed'
    """
    if to not in STEPS[state]:
        raise Conflict(f"This cycle is {state.value}; it cannot become {to.value}.")
    return to


def accepts_answers(state: CycleState) -> bool:
    """Only an open cycle takes answers; late ones change nothing."""
    return state is CycleState.OPEN


def may_be_changed(state: CycleState) -> bool:
    """Questionnaire, groups and floor are fixed once the cycle opens."""
    return state is CycleState.DRAFT


def coach_may_read(state: CycleState) -> bool:
    """Whether the coach may read a release, if there is one; nothing before close, to anybody."""
    return state in _COACH_READS


def subject_may_read(state: CycleState) -> bool:
    """Whether the subject, and those it is shared with, may read a release, if there is one."""
    return state in _SUBJECT_READS
