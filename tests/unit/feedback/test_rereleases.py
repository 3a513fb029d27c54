"""A second release, and the change between cycles, next to what was already shown."""

from __future__ import annotations

import pytest

from ldtrack.feedback.domain.rereleases import (
    Comparison,
    change_between_cycles,
    second_release_allowed,
)

PEERS = frozenset(range(1, 5))
REPORTS = frozenset(range(11, 14))


def late(n: int) -> frozenset[int]:
    return frozenset(range(21, 21 + n))


@pytest.mark.parametrize(
    ("after", "allowed"),
    [
        (PEERS, True),
        (PEERS | late(1), False),
        (PEERS | late(2), False),
        (PEERS | late(3), True),
        (PEERS - {1}, False),
        ((PEERS - {1}) | late(3), False),
        ((PEERS - {1, 2, 3}) | late(3), False),
        (late(4), True),
    ],
)
def test_a_group_may_change_by_at_least_three_or_not_at_all(
    after: frozenset[int], allowed: bool
) -> None:
    assert second_release_allowed({"peer": PEERS}, {"peer": after}, 3) is allowed


def test_who_stays_must_be_enough_too() -> None:
    # Three removed and three added, but the one who stays is alone in both releases.
    after = frozenset({4}) | late(3)
    assert not second_release_allowed({"peer": PEERS}, {"peer": after}, 3)


def test_a_group_that_did_not_change_does_not_stand_in_the_way() -> None:
    before = {"peer": PEERS, "direct": REPORTS}
    assert second_release_allowed(before, {**before, "peer": PEERS | late(3)}, 3)


def test_raters_who_move_between_cells_are_found() -> None:
    before = {"pooled": frozenset({1, 2, 3, 4, 11, 12})}
    after = {"peer": frozenset({1, 2, 3, 4, 5, 6, 7}), "direct": frozenset({11, 12, 13, 14, 15})}
    assert not second_release_allowed(before, after, 3)


def test_a_higher_floor_asks_for_more() -> None:
    before, after = {"peer": frozenset(range(5))}, {"peer": frozenset(range(8))}
    assert second_release_allowed(before, after, 3)
    assert not second_release_allowed(before, after, 5)


@pytest.mark.parametrize(
    ("before", "after", "comparison"),
    [
        (PEERS, PEERS, Comparison.CHANGE),
        (PEERS, PEERS - {1}, Comparison.BANDS),
        (PEERS, PEERS | late(1), Comparison.BANDS),
        (PEERS, PEERS | late(3), Comparison.CHANGE),
        (PEERS, late(3), Comparison.CHANGE),
        (PEERS, frozenset({1, 2}), Comparison.NOTHING),
        (frozenset(), PEERS, Comparison.NOTHING),
    ],
)
def test_a_change_between_cycles_is_shown_only_if_nobody_can_be_differenced(
    before: frozenset[int], after: frozenset[int], comparison: Comparison
) -> None:
    assert change_between_cycles(before, after, 3) is comparison


def test_the_joiner_of_a_group_of_three_would_be_known_to_the_point() -> None:
    assert 4 * 3.25 - 3 * 4.00 == 1
    assert change_between_cycles(late(3), late(4), 3) is Comparison.BANDS
