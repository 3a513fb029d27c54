"""The indices of agreement, on worked examples whose variances can be checked by hand."""

from __future__ import annotations

import math

import pytest

from ldtrack.feedback.domain.agreement_indices import (
    WithinGroup,
    awg,
    awg_j,
    mean_distance,
    mean_distance_j,
    null_variance,
    r_star_wg_j,
    rwg,
    rwg_j,
)
from ldtrack.feedback.domain.answers import Scale
from ldtrack.feedback.domain.reliability import alpha

FIVE = Scale(lo=1, hi=5)
FIVE_BY_THREE = ((4, 4, 5), (5, 4, 4), (4, 3, 4), (4, 4, 3), (3, 4, 4))
EIGHT = (4, 3, 4, 5, 3, 2, 3, 4)


def within(found: WithinGroup | None) -> float:
    """The value of an index that does not say “more than random”."""
    assert found is not None
    assert not found.more_than_random
    return found.value


def test_the_null_variance_of_five_and_of_seven_options() -> None:
    assert null_variance(FIVE) == (25 - 1) / 12
    assert null_variance(Scale(lo=1, hi=7)) == (49 - 1) / 12


def test_the_worked_example_of_five_raters_and_three_items() -> None:
    share = (0.5 + 0.2 + 0.5) / 3 / 2
    found = within(rwg_j(FIVE_BY_THREE, FIVE))
    assert found == pytest.approx(3 * (1 - share) / (3 * (1 - share) + share))
    assert round(found, 6) == 0.923077
    assert r_star_wg_j(FIVE_BY_THREE, FIVE) == pytest.approx(1 - share) == pytest.approx(0.80)
    assert mean_distance_j(FIVE_BY_THREE) == pytest.approx((0.4 + 0.32 + 0.4) / 3)


def test_agreement_is_not_internal_consistency() -> None:
    assert alpha(FIVE_BY_THREE) == pytest.approx(0, abs=1e-12)


def test_one_item_from_eight_raters() -> None:
    # The squares of the distances from the mean of 3.5 add up to 6.
    assert within(rwg(EIGHT, FIVE)) == pytest.approx(1 - 6 / 7 / 2)
    assert mean_distance(EIGHT) == 6 * 0.5 / 8 + 2 * 1.5 / 8


def test_many_items_inflate_one_index_and_not_the_other() -> None:
    one = [[1], [2], [3], [4]]
    ten = [row * 10 for row in one]
    assert r_star_wg_j(one, FIVE) == pytest.approx(r_star_wg_j(ten, FIVE))
    few, many = rwg_j(one, FIVE), rwg_j(ten, FIVE)
    assert few is not None
    assert many is not None
    assert many.value > few.value + 0.4


def test_more_spread_than_random_is_nought_and_says_so() -> None:
    nothing = WithinGroup(value=0.0, more_than_random=True)
    assert rwg([1, 5, 1, 5], FIVE) == nothing
    assert rwg_j([[1], [5], [1], [5]], FIVE) == nothing
    assert r_star_wg_j([[1], [5], [1], [5]], FIVE) == pytest.approx(1 - 16 / 3 / 2)


def test_the_index_that_allows_for_the_ends_of_the_scale() -> None:
    # M = 3.5, k = 8: the widest variance is (6 * 3.5 - 3.5^2 - 5) * 8 / 7.
    widest = (6 * 3.5 - 3.5**2 - 5) * 8 / 7
    assert awg(EIGHT, FIVE) == pytest.approx(1 - 2 * (6 / 7) / widest)
    assert awg([5, 5, 5], FIVE) == awg([1, 1], FIVE) == 1.0
    assert awg([4, 5, 5, 5], FIVE) is None
    assert awg_j([[5, 4], [5, 5], [5, 5], [5, 5]], FIVE) == 1.0


def test_missing_answers_leave_an_item_out_and_nothing_else() -> None:
    alone = [[4, None, 3], [4, None, 5], [None, 2, 4]]
    assert r_star_wg_j(alone, FIVE) == pytest.approx(1 - (0 + 1) / 2 / 2)
    nobody: list[list[int | None]] = [[None], [None]]
    assert (rwg_j(nobody, FIVE), r_star_wg_j(nobody, FIVE)) == (None, None)
    assert (mean_distance_j(nobody), awg_j(nobody, FIVE)) == (None, None)
    assert (rwg([3], FIVE), awg([3], FIVE), mean_distance([3])) == (None, None, None)
    assert rwg_j([], FIVE) is None


@pytest.mark.parametrize("scores", [EIGHT, (3, 3, 3), (1, 5), (2, 4, 4)])
def test_a_constant_and_the_order_of_raters_change_no_spread(scores: tuple[int, ...]) -> None:
    wide = Scale(lo=1, hi=7)
    moved = [score + 1 for score in reversed(scores)]
    assert rwg(scores, wide) == rwg(moved, wide)
    one, other = mean_distance(scores), mean_distance(moved)
    assert one is not None
    assert other is not None
    assert math.isclose(one, other)
