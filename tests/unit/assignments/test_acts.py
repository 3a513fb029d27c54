"""Which act may follow which state, and which place is free."""

from __future__ import annotations

from datetime import date

from ldtrack.assignments.domain import (
    HOLDS_PLACE,
    OPEN,
    ActKind,
    ActRow,
    PlacementState,
    free_place,
    may_follow,
    support_in,
)
from ldtrack.assignments.domain.acts import FOLLOWS, LEADS_TO

FIRST = {ActKind.APPLIED, ActKind.PLACED}


def act(kind: ActKind) -> ActRow:
    return ActRow(kind=kind, by_id=1, done_on=date(2026, 11, 20), word="")


def test_every_act_but_the_first_says_what_it_follows() -> None:
    assert set(ActKind) - set(FOLLOWS) == FIRST
    assert all(kind.words for kind in ActKind)


def test_nothing_can_be_done_with_what_is_over() -> None:
    closed = set(PlacementState) - set(OPEN)
    assert {kind for kind in FOLLOWS for state in closed if may_follow(kind, state)} == set()


def test_a_place_is_taken_from_the_offer_until_the_end() -> None:
    assert {LEADS_TO[kind] for kind in (ActKind.OFFERED, ActKind.ACCEPTED, ActKind.PAUSED)} <= set(
        HOLDS_PLACE
    )
    assert LEADS_TO[ActKind.TURNED_DOWN] not in HOLDS_PLACE
    assert LEADS_TO[ActKind.DECLINED] not in HOLDS_PLACE


def test_the_latest_word_of_the_line_manager_counts() -> None:
    applied, yes, no = act(ActKind.APPLIED), act(ActKind.SUPPORTED), act(ActKind.NOT_SUPPORTED)
    assert support_in([applied]) is None
    assert support_in([applied, no, yes]) is yes


def test_the_first_place_that_is_free_is_given() -> None:
    assert free_place(1, set()) == 1
    assert free_place(3, {1, 2}) == 3
    assert free_place(2, {1, 2}) is None
