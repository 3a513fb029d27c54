"""Agreement in words, and how little of a small group's spread is let out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations_with_replacement
from statistics import stdev

import pytest

from ldtrack.feedback.domain.agreement import Agreement, agreement, told_variance


@pytest.mark.parametrize(
    ("scores", "word"),
    [
        ([4, 4, 4], Agreement.AGREE),
        ([3, 4, 5], Agreement.SOME),
        ([4, 3, 4, 5, 3, 2, 3, 4], Agreement.SOME),
        ([1, 3, 5], Agreement.DIFFER),
    ],
)
def test_the_word_follows_the_mean_distance(scores: list[float], word: Agreement) -> None:
    assert agreement(scores, 3) is word


def test_there_is_no_word_for_fewer_raters_than_the_floor() -> None:
    assert agreement([4, 4], 3) is None
    assert agreement([4, 4, 4, 4], 5) is None
    assert agreement([], 3) is None


def test_a_constant_added_to_all_answers_leaves_agreement_unchanged() -> None:
    assert agreement([2, 3, 4, 4], 3) is agreement([3, 4, 5, 5], 3)


def test_below_ten_raters_the_spread_tells_no_more_than_the_word() -> None:
    assert told_variance([3, 4, 5], Agreement.SOME) == 0.8**2
    assert told_variance([1, 3, 5, 5, 2, 1, 5, 3, 2], Agreement.DIFFER) == 1.2**2
    assert told_variance([1, 1, 1], None) == 0.8**2


def test_from_ten_raters_on_the_spread_is_the_observed_one() -> None:
    assert told_variance([3, 5] * 5, Agreement.SOME) == pytest.approx(10 / 9)


def test_mean_and_word_leave_most_groups_of_five_in_doubt_and_a_deviation_would_not() -> None:
    groups = list(combinations_with_replacement(range(1, 6), 5))

    def share_known(told: Callable[[tuple[int, ...]], object]) -> float:
        seen = Counter((round(sum(scores) / 5, 1), told(scores)) for scores in groups)
        return sum(count == 1 for count in seen.values()) / len(groups)

    assert round(share_known(lambda scores: agreement(scores, 3)), 2) == 0.21
    assert round(share_known(lambda scores: round(stdev(scores), 1)), 2) == 0.63
