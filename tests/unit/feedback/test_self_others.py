"""Gap categories and quadrants, with the rule that a gap within its noise is not named."""

from __future__ import annotations

import pytest

from ldtrack.feedback.domain.scores import (
    GroupScores,
    Weighting,
    group_means,
    mean_of_others,
    pooled_spread,
)
from ldtrack.feedback.domain.self_others import (
    Category,
    GapRule,
    Quadrant,
    category,
    is_sure,
    profile_agreement,
    quadrant,
)

OTHERS = (4 + 8 / 3 + 4) / 3


def test_self_5_in_the_example_is_over_and_still_a_confirmed_strength() -> None:
    assert round(5 - OTHERS, 3) == 1.444
    assert category(5, OTHERS) is Category.OVER
    assert is_sure(5 - OTHERS, se=0.3196, df=9)
    assert quadrant(5, OTHERS, sure=True) is Quadrant.CONFIRMED_STRENGTH


def test_self_4_in_the_example_agrees_high() -> None:
    assert round(4 - OTHERS, 3) == 0.444
    assert category(4, OTHERS) is Category.AGREE_HIGH


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (3.6, 3.1, Category.OVER),
        (3.1, 3.6, Category.UNDER),
        (3.4, 3.5, Category.AGREE_HIGH),
        (3.0, 3.4, Category.AGREE_LOW),
    ],
)
def test_the_limits_belong_to_the_category(own: float, others: float, expected: Category) -> None:
    assert category(own, others) is expected


@pytest.mark.parametrize(
    ("own", "others", "sure", "expected"),
    [
        (4.5, 3.0, True, Quadrant.BLIND_SPOT),
        (4.5, 3.0, False, Quadrant.UNCLEAR),
        (3.0, 4.2, True, Quadrant.HIDDEN_STRENGTH),
        (3.0, 4.2, False, Quadrant.UNCLEAR),
        (4.0, 3.9, False, Quadrant.CONFIRMED_STRENGTH),
        (2.5, 2.6, False, Quadrant.CONFIRMED_DEVELOPMENT_AREA),
        (3.6, 3.4, False, Quadrant.UNCLEAR),
    ],
)
def test_quadrants(own: float, others: float, sure: bool, expected: Quadrant) -> None:
    assert quadrant(own, others, sure=sure) is expected


def test_a_gap_of_a_full_point_from_three_scattered_raters_is_not_named() -> None:
    # Spread 1.2 and n = 3: the standard error is 1.2 / sqrt(3) = 0.69, larger than it looks.
    se = 1.2 / 3**0.5
    assert round(se, 2) == 0.69
    assert not is_sure(1.0, se=se, df=6)
    assert quadrant(4.0, 3.0, sure=is_sure(1.0, se=se, df=6)) is Quadrant.UNCLEAR


def test_the_same_gap_from_ten_agreeing_raters_is_a_blind_spot() -> None:
    groups = [GroupScores(key="peer", scores=(3,) * 10)]
    estimate = mean_of_others(group_means(groups), Weighting.GROUP, pooled_spread(groups))
    assert estimate is not None
    sure = is_sure(1.0, se=estimate.se, df=estimate.df)
    assert quadrant(4.0, estimate.mean, sure=sure) is Quadrant.BLIND_SPOT


def test_the_size_of_a_gap_is_a_setting() -> None:
    assert category(4.0, 3.2, GapRule(gap=1.0)) is Category.AGREE_LOW


def test_profiles_are_compared_from_five_competencies_on() -> None:
    assert profile_agreement([(1, 2), (2, 3), (3, 4), (4, 5)]) is None
    assert profile_agreement([(1, 5), (2, 4), (3, 3), (4, 2), (5, 1)]) == -1.0
    assert profile_agreement([(3, 3)] * 5) is None
