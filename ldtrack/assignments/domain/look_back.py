"""When a placement is over, whose debrief is due, and when the look back is complete."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from ldtrack.assignments.domain.kinds import RUNNING, DebriefKind, PlacementState
from ldtrack.assignments.domain.rows import PlacementRow

WAITS = timedelta(days=60)
"""How long a proved outcome waits for the look back; then it counts without one, for less."""


def is_over(state: PlacementState, ends_on: date | None, today: date) -> bool:
    """Whether it can be looked back on: somebody ended it, or its last day has come.

    >>> is_over(PlacementState.ACTIVE, date(2026, 6, 30), date(2026, 6, 30))
    True
    """
    if state.has_ended:
        return True
    return state in RUNNING and ends_on is not None and ends_on <= today


def is_held(outcome: str, learned: str, next_action: str) -> bool:
    """Whether a debrief counts as held: an outcome, something learned and a next action.

    >>> is_held("Line 3 runs.", "Ask earlier.", " ")
    False
    """
    return all(part.strip() for part in (outcome, learned, next_action))


def is_debriefed(held: Collection[DebriefKind]) -> bool:
    """Whether the leader and at least one other person looked back.

    >>> is_debriefed({DebriefKind.SPONSOR, DebriefKind.PEER})
    False
    """
    return DebriefKind.LEADER in held and len(set(held)) > 1


def counts(held: Collection[DebriefKind], ended_on: date, today: date) -> bool:
    """Whether a proved outcome is evidence: debriefed, or waited for as long as is reasonable.

    >>> counts({DebriefKind.LEADER}, date(2026, 6, 30), date(2026, 8, 28))
    False
    >>> counts({DebriefKind.LEADER}, date(2026, 6, 30), date(2026, 8, 29))
    True
    """
    return is_debriefed(held) or today - ended_on >= WAITS


def side_of(
    author_id: int, *, person_id: int, answerable: Collection[int], peer_id: int | None
) -> DebriefKind | None:
    """From which side somebody looks back; `None` if they have no part in it."""
    if author_id == person_id:
        return DebriefKind.LEADER
    if author_id in answerable:
        return DebriefKind.SPONSOR
    return DebriefKind.PEER if author_id == peer_id else None


def open_sides(placement: PlacementRow, today: date) -> tuple[DebriefKind, ...]:
    """The debriefs that are missing once it is over: the leader's, the sponsor's, the peer's."""
    if not is_over(placement.state, placement.ends_on, today):
        return ()
    return tuple(kind for kind in DebriefKind if kind not in placement.held)
