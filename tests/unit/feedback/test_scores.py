"""Rater scores, group means, spread, weightings and intervals, against numbers worked by hand."""

from __future__ import annotations

import math

import pytest

from ldtrack.feedback.domain.answers import Answer
from ldtrack.feedback.domain.scores import (
    Estimate,
    GroupMean,
    GroupScores,
    Missing,
    Weighting,
    count_missing,
    group_mean,
    group_means,
    mean_of_others,
    noise_variance,
    pooled_spread,
    rater_score,
    weights,
)

PEERS = GroupScores(key="peer", scores=(4, 3, 4, 5))
REPORTS = GroupScores(key="direct", scores=(3, 2, 3))
MANAGER = GroupScores(key="manager", scores=(4,))
EXAMPLE = (PEERS, REPORTS, MANAGER)


def others(groups: tuple[GroupScores, ...], weighting: Weighting) -> Estimate:
    estimate = mean_of_others(group_means(groups), weighting, pooled_spread(groups))
    assert estimate is not None
    return estimate


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ([1, None], 1.0),
        ([1, None, None], None),
        ([None], None),
        ([], None),
        ([2, 4], 3.0),
        ([2, None, 5], 3.5),
    ],
)
def test_a_rater_counts_with_at_least_half_of_the_items(
    answers: list[int | None], score: float | None
) -> None:
    assert rater_score(answers) == score


def test_the_two_kinds_of_missing_are_counted_apart() -> None:
    answers = (
        Answer(item_id="a", score=3),
        Answer(item_id="b", not_observed=True),
        Answer(item_id="c"),
        Answer(item_id="d"),
    )
    assert count_missing(answers) == Missing(not_observed=1, blank=2)


def test_the_spread_of_the_example() -> None:
    spread = pooled_spread(EXAMPLE)
    assert spread.variance == pytest.approx((4 * 0.8**2 + 2 + 2 / 3) / 9)
    assert (round(spread.variance, 5), spread.df) == (0.58074, 9)


@pytest.mark.parametrize(
    ("weighting", "mean", "se", "low", "high"),
    [
        (Weighting.GROUP, 3.5556, 0.3196, 2.970, 4.141),
        (Weighting.RATER, 3.5000, 0.2694, 3.006, 3.994),
        (Weighting.PRECISION, 3.4932, 0.2704, 2.997, 3.989),
    ],
)
def test_the_three_weightings_of_the_example(
    weighting: Weighting, mean: float, se: float, low: float, high: float
) -> None:
    estimate = others(EXAMPLE, weighting)
    assert (round(estimate.mean, 4), round(estimate.se, 4)) == (mean, se)
    assert (round(estimate.low, 3), round(estimate.high, 3)) == (low, high)


def test_the_precision_weights_of_the_example_to_five_decimals() -> None:
    estimate = others(EXAMPLE, Weighting.PRECISION)
    assert estimate.mean == pytest.approx(3.49325, abs=5e-6)
    assert estimate.se == pytest.approx(0.27045, abs=5e-6)


def test_every_weighting_says_what_it_does() -> None:
    assert len({weighting.sentence for weighting in Weighting}) == len(Weighting)


def test_group_weights_are_shared_over_the_groups_that_are_there() -> None:
    empty = GroupScores(key="stakeholder", scores=())
    assert others((*EXAMPLE, empty), Weighting.GROUP) == others(EXAMPLE, Weighting.GROUP)


def test_no_group_gives_no_estimate() -> None:
    nobody = GroupScores(key="peer", scores=())
    assert group_mean(nobody) is None
    assert mean_of_others((), Weighting.GROUP, pooled_spread([nobody])) is None


def test_one_rater_has_the_prior_spread_and_no_nan() -> None:
    estimate = others((MANAGER,), Weighting.PRECISION)
    assert (estimate.mean, estimate.df) == (4, 4)
    assert estimate.se == pytest.approx(0.8)
    assert all(math.isfinite(x) for x in (estimate.low, estimate.high))


def test_a_unanimous_group_does_not_claim_certainty() -> None:
    same = GroupScores(key="peer", scores=(4, 4, 4))
    spread = pooled_spread([same])
    assert spread.variance == pytest.approx(4 * 0.64 / 6)
    assert spread.df == 6


@pytest.mark.parametrize("weighting", list(Weighting))
def test_a_constant_added_to_all_answers_moves_the_mean_by_it_and_nothing_else(
    weighting: Weighting,
) -> None:
    moved = tuple(
        GroupScores(key=g.key, scores=tuple(score - 1.5 for score in g.scores)) for g in EXAMPLE
    )
    before, after = others(EXAMPLE, weighting), others(moved, weighting)
    assert after.mean == pytest.approx(before.mean - 1.5)
    assert after.se == pytest.approx(before.se)


@pytest.mark.parametrize("weighting", list(Weighting))
def test_the_order_of_raters_and_groups_does_not_matter(weighting: Weighting) -> None:
    turned = tuple(GroupScores(key=g.key, scores=g.scores[::-1]) for g in EXAMPLE[::-1])
    assert others(turned, weighting).mean == pytest.approx(others(EXAMPLE, weighting).mean)
    assert others(turned, weighting).se == pytest.approx(others(EXAMPLE, weighting).se)


def test_precision_weights_follow_from_group_sizes() -> None:
    means = group_means(EXAMPLE)
    raw = [1 / (0.25**2 + 0.64 / n) for n in (4, 3, 1)]
    assert weights(means, Weighting.PRECISION, 0.64) == pytest.approx(
        [weight / sum(raw) for weight in raw]
    )


def test_the_noise_of_eight_raters_in_one_group() -> None:
    eight = [GroupMean(key="peer", mean=3.0, n=8)]
    assert noise_variance(eight, 0.8**2) == pytest.approx(0.0625 + 0.64 / 8)
    assert round(noise_variance(eight, 0.8**2) ** 0.5, 3) == 0.377
