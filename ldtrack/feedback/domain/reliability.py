"""How far the ratings of a whole cycle tell leaders apart; who may see it is decided by floors.

One-way: raters are nested in leaders. With MSB and MSW between and within leaders, and k raters
to a leader, one rater's reliability is ICC(1) = (MSB − MSW) / (MSB + (k − 1) MSW) and that of the
mean of k raters ICC(k) = (MSB − MSW) / MSB; what comes out negative is 0. For k stands
k0 = (N − Σn²/N) / (G − 1). When group sizes differ by more than two to one the mixed model's
v0 / (v0 + s²) and v0 / (v0 + s²/k) take their place, with v0 and s² by restricted likelihood.

Alpha speaks of the items within raters. It is about the questionnaire and never the reliability
of a leader's score.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, variance

HIDDEN_BELOW = 10
"""Leaders under which nothing is shown."""
GREY_BELOW = 20
"""Leaders under which what is shown is marked as uncertain."""
UNEQUAL_FROM = 2
"""The largest group may be this many times the smallest before the mixed model is used."""
_STEPS = 200
_LARGEST_RATIO = 1e4


class Method(StrEnum):
    """How a reliability was worked out."""

    ANOVA = "analysis of variance"
    MIXED = "mixed model"


class Floor(StrEnum):
    """What may be said of a reliability from so many leaders."""

    HIDDEN = "hidden"
    GREY = "grey"
    SHOWN = "shown"


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """`single` is one rater's reliability, `mean` that of the mean of `k` raters."""

    n_leaders: int
    k: float
    single: float
    mean: float
    method: Method


def floor_of(n_leaders: int) -> Floor:
    """Whether a reliability from so many leaders is hidden, grey or shown.

    >>> [floor_of(n).value for n in (9, 10, 19, 20)]
    ['hidden', 'grey', 'grey', 'shown']
    """
    if n_leaders < HIDDEN_BELOW:
        return Floor.HIDDEN
    return Floor.GREY if n_leaders < GREY_BELOW else Floor.SHOWN


def reliability(leaders: Sequence[Sequence[float]]) -> Reliability | None:
    """Reliability of the scores that raters gave each leader; None if nothing can be compared.

    Needs two leaders, two raters of one leader, and some variation.
    """
    groups = [scores for scores in leaders if scores]
    sizes = [len(scores) for scores in groups]
    n = sum(sizes)
    if len(groups) < 2 or n == len(groups):
        return None
    between, within = _sums_of_squares(groups)
    if between + within <= 0:
        return None
    k = (n - sum(size * size for size in sizes) / n) / (len(groups) - 1)
    unequal = max(sizes) > UNEQUAL_FROM * min(sizes)
    single = by_mixed_model(groups) if unequal else _anova(between, within, k, len(groups), n)
    return Reliability(
        n_leaders=len(groups),
        k=k,
        single=single,
        mean=stepped_up(single, k),
        method=Method.MIXED if unequal else Method.ANOVA,
    )


def stepped_up(single: float, k: float) -> float:
    """The reliability of a mean of k raters, by Spearman and Brown.

    >>> round(stepped_up(0.226, 8), 2)
    0.7
    """
    return k * single / (1 + (k - 1) * single) if single else 0.0


def alpha(rows: Sequence[Sequence[int | None]]) -> float | None:
    """Cronbach's alpha = j / (j − 1) · (1 − Σ item variances / variance of the sums).

    Only raters who answered every item take part. None under two items, two raters, or without
    variation.
    """
    whole = [[score for score in row if score is not None] for row in rows if None not in row]
    if len(whole) < 2 or len(whole[0]) < 2:
        return None
    total = variance([sum(row) for row in whole])
    if total <= 0:
        return None
    j = len(whole[0])
    apart = math.fsum(variance(item) for item in zip(*whole, strict=True))
    return float(j / (j - 1) * (1 - apart / total))


def _sums_of_squares(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    everybody = fmean(score for scores in groups for score in scores)
    between = math.fsum(len(scores) * (fmean(scores) - everybody) ** 2 for scores in groups)
    within = math.fsum((score - fmean(scores)) ** 2 for scores in groups for score in scores)
    return between, within


def _anova(between: float, within: float, k: float, n_groups: int, n: int) -> float:
    msb, msw = between / (n_groups - 1), within / (n - n_groups)
    below = msb + (k - 1) * msw
    return max(0.0, (msb - msw) / below) if below > 0 else 0.0


def by_mixed_model(groups: Sequence[Sequence[float]]) -> float:
    """v0 / (v0 + s²) at the ratio v0 / s² of highest restricted likelihood, found by halving."""
    sizes = [len(scores) for scores in groups]
    means = [fmean(scores) for scores in groups]
    _, within = _sums_of_squares(groups)
    n = sum(sizes)

    def deviance(ratio: float) -> float:
        weights = [size / (1 + size * ratio) for size in sizes]
        centre = math.fsum(w * m for w, m in zip(weights, means, strict=True)) / math.fsum(weights)
        left = within + math.fsum(
            w * (m - centre) ** 2 for w, m in zip(weights, means, strict=True)
        )
        spread = math.fsum(math.log1p(size * ratio) for size in sizes)
        return (n - 1) * math.log(max(left, 1e-300)) + spread + math.log(math.fsum(weights))

    ratio = _lowest(deviance, 0.0, _LARGEST_RATIO)
    return ratio / (1 + ratio)


def _lowest(cost: Callable[[float], float], low: float, high: float) -> float:
    """Where a cost with one valley is lowest; steps are even in log(1 + x)."""
    left, right = math.log1p(low), math.log1p(high)
    for _ in range(_STEPS):
        third = (right - left) / 3
        if cost(math.expm1(left + third)) <= cost(math.expm1(right - third)):
            right -= third
        else:
            left += third
    return math.expm1(left) if left > 1e-9 else 0.0
