"""What people do with a placement, step by step: which act may follow which state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldtrack.assignments.domain.kinds import (
    RUNNING,
    UNANSWERED,
    PlacementState,
)


class ActKind(StrEnum):
    """What somebody did; each has a name, a day and sometimes a word."""

    APPLIED = "applied"
    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    LISTED = "listed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    TURNED_DOWN = "turned_down"
    DECLINED = "declined"
    WITHDREW = "withdrew"
    PLACED = "placed"
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"

    @property
    def words(self) -> str:
        """What is said of whoever did it."""
        return _WORDS[self]


_WORDS = {
    ActKind.APPLIED: "applied",
    ActKind.SUPPORTED: "supported the application",
    ActKind.NOT_SUPPORTED: "did not support the application",
    ActKind.LISTED: "put the application on the waiting list",
    ActKind.OFFERED: "offered a place",
    ActKind.ACCEPTED: "accepted the offer",
    ActKind.TURNED_DOWN: "turned the offer down",
    ActKind.DECLINED: "declined the application",
    ActKind.WITHDREW: "withdrew",
    ActKind.PLACED: "placed them",
    ActKind.STARTED: "said that it has begun",
    ActKind.PAUSED: "paused it",
    ActKind.RESUMED: "resumed it",
    ActKind.ENDED: "said that it is over",
}
_OFFERED = (PlacementState.OFFERED,)
FOLLOWS: dict[ActKind, tuple[PlacementState, ...]] = {
    ActKind.SUPPORTED: UNANSWERED,
    ActKind.NOT_SUPPORTED: UNANSWERED,
    ActKind.LISTED: (PlacementState.PROPOSED,),
    ActKind.OFFERED: UNANSWERED,
    ActKind.ACCEPTED: _OFFERED,
    ActKind.TURNED_DOWN: _OFFERED,
    ActKind.DECLINED: (*UNANSWERED, PlacementState.OFFERED),
    ActKind.WITHDREW: (PlacementState.LISTED, PlacementState.ACCEPTED),
    ActKind.STARTED: (PlacementState.ACCEPTED,),
    ActKind.PAUSED: (PlacementState.ACTIVE,),
    ActKind.RESUMED: (PlacementState.PAUSED,),
    ActKind.ENDED: RUNNING,
}
"""The states in which each act is possible; applying and being placed come first of all."""
LEADS_TO = {
    ActKind.LISTED: PlacementState.LISTED,
    ActKind.OFFERED: PlacementState.OFFERED,
    ActKind.ACCEPTED: PlacementState.ACCEPTED,
    ActKind.TURNED_DOWN: PlacementState.WITHDRAWN,
    ActKind.DECLINED: PlacementState.DECLINED,
    ActKind.WITHDREW: PlacementState.WITHDRAWN,
    ActKind.STARTED: PlacementState.ACTIVE,
    ActKind.PAUSED: PlacementState.PAUSED,
    ActKind.RESUMED: PlacementState.ACTIVE,
}
"""Where the placement stands afterwards; an act that is not here leaves that as it is."""
_SUPPORT = (ActKind.SUPPORTED, ActKind.NOT_SUPPORTED)


@dataclass(frozen=True, kw_only=True)
class ActRow:
    """One act; `by_id` is None for somebody whose record was erased."""

    kind: ActKind
    by_id: int | None
    done_on: date
    word: str


def may_follow(kind: ActKind, state: PlacementState) -> bool:
    """Whether the act is possible where the placement stands."""
    return state in FOLLOWS[kind]


def support_in(acts: Sequence[ActRow]) -> ActRow | None:
    """The line manager's latest word on an application; None if there was none."""
    return next((act for act in reversed(acts) if act.kind in _SUPPORT), None)


def free_place(places: int, taken: set[int]) -> int | None:
    """The first place that nobody holds, counted from 1; None if there is none.

    >>> free_place(3, {1, 3})
    2
    """
    return next((number for number in range(1, places + 1) if number not in taken), None)
