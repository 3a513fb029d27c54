"""When a placement is over, and when the look back on it is complete."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.assignments.domain import (
    DebriefKind,
    PlacementState,
    is_debriefed,
    is_held,
    is_over,
    side_of,
)

LAST = date(2026, 6, 30)
LEADER, SPONSOR, PEER = DebriefKind


@pytest.mark.parametrize(
    ("state", "today", "over"),
    [
        (PlacementState.ACTIVE, date(2026, 6, 29), False),
        (PlacementState.ACTIVE, LAST, True),
        (PlacementState.COMPLETED, date(2026, 6, 1), True),
        (PlacementState.ENDED_EARLY, date(2026, 6, 1), True),
        (PlacementState.PROPOSED, date(2026, 12, 1), False),
        (PlacementState.DECLINED, date(2026, 12, 1), False),
    ],
)
def test_it_is_over_on_its_last_day_or_when_somebody_ended_it(
    state: PlacementState, today: date, over: bool
) -> None:
    assert is_over(state, LAST, today) is over


def test_without_a_last_day_it_runs_until_somebody_ends_it() -> None:
    assert not is_over(PlacementState.ACTIVE, None, LAST)


@pytest.mark.parametrize(
    ("parts", "held"),
    [
        (("It runs.", "Ask earlier.", "Ask Rosa on Monday."), True),
        (("It runs.", "Ask earlier.", ""), False),
        (("It runs.", " \n", "Ask Rosa on Monday."), False),
        (("", "Ask earlier.", "Ask Rosa on Monday."), False),
    ],
)
def test_a_debrief_is_held_when_all_three_parts_are_there(
    parts: tuple[str, str, str], held: bool
) -> None:
    assert is_held(*parts) is held


@pytest.mark.parametrize(
    ("held", "complete"),
    [
        (set(), False),
        ({LEADER}, False),
        ({SPONSOR, PEER}, False),
        ({LEADER, SPONSOR}, True),
        ({LEADER, PEER}, True),
        ({LEADER, SPONSOR, PEER}, True),
    ],
)
def test_it_counts_in_full_after_the_leader_and_one_other(
    held: set[DebriefKind], complete: bool
) -> None:
    assert is_debriefed(held) is complete


@pytest.mark.parametrize(
    ("author", "side"), [(1, LEADER), (2, SPONSOR), (3, SPONSOR), (4, PEER), (5, None)]
)
def test_everybody_looks_back_from_their_own_side(author: int, side: DebriefKind | None) -> None:
    assert side_of(author, person_id=1, answerable={2, 3}, peer_id=4) is side
