"""Reliability over leaders, on Shrout and Fleiss's ratings and on data whose answer is known."""

from __future__ import annotations

from random import Random

import pytest

from ldtrack.feedback.domain.reliability import (
    Method,
    alpha,
    by_mixed_model,
    reliability,
    stepped_up,
)

SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]


def test_the_ratings_of_shrout_and_fleiss() -> None:
    found = reliability(SHROUT_FLEISS)
    assert found is not None
    assert (round(found.single, 2), round(found.mean, 2)) == (0.17, 0.44)
    assert (found.n_leaders, found.k, found.method) == (6, 4.0, Method.ANOVA)


def test_the_mean_of_squares_gives_the_same_by_hand() -> None:
    # Two leaders: 4 5 and 1 2. Between: 2 * 1.5^2 * 2 = 9 with 1 df; within: 4 * 0.25 = 1, 2 df.
    msb, msw = 9 / 1, 1 / 2
    found = reliability([[4, 5], [1, 2]])
    assert found is not None
    assert found.single == pytest.approx((msb - msw) / (msb + (2 - 1) * msw))
    assert found.mean == pytest.approx((msb - msw) / msb)


def test_what_would_be_negative_is_nought() -> None:
    found = reliability([[1, 5], [5, 1], [2, 4]])
    assert found is not None
    assert (found.single, found.mean) == (0.0, 0.0)


def test_the_size_that_stands_for_unequal_groups() -> None:
    # Sizes 2, 3, 4: N = 9, sum of squares 29, k0 = (9 - 29 / 9) / 2.
    found = reliability([[1, 2], [2, 3, 4], [3, 4, 5, 4]])
    assert found is not None
    assert found.k == pytest.approx((9 - 29 / 9) / 2)
    assert found.method is Method.ANOVA


def test_very_unequal_groups_use_the_mixed_model() -> None:
    chance = Random(7)
    leaders = []
    for place in range(400):
        level = chance.gauss(3, 0.5)
        leaders.append([level + chance.gauss(0, 1.0) for _ in range(2 + place % 9)])
    found = reliability(leaders)
    assert found is not None
    assert found.method is Method.MIXED
    assert found.single == pytest.approx(0.25 / (0.25 + 1.0), abs=0.04)


def test_the_mixed_model_agrees_with_the_analysis_of_variance_where_groups_are_equal() -> None:
    found = reliability(SHROUT_FLEISS)
    assert found is not None
    assert by_mixed_model(SHROUT_FLEISS) == pytest.approx(found.single, abs=1e-6)


@pytest.mark.parametrize(("single", "n"), [(0.368, 4), (0.226, 8), (0.206, 9)])
def test_the_numbers_of_raters_for_a_reliability_of_seventy(single: float, n: int) -> None:
    assert stepped_up(single, n) == pytest.approx(0.70, abs=0.001)


@pytest.mark.parametrize("leaders", [[], [[3, 4]], [[3], [4], [5]], [[3, 3], [3, 3]], [[], [3, 4]]])
def test_without_anything_to_compare_there_is_no_reliability(leaders: list[list[float]]) -> None:
    assert reliability(leaders) is None


def test_alpha_needs_items_raters_and_variation() -> None:
    assert alpha([[1, 2], [2, 3], [3, 4]]) == pytest.approx(1.0)
    assert alpha([[1], [2]]) is None
    assert alpha([[1, None], [2, 3]]) is None
    assert alpha([[3, 3], [3, 3]]) is None
