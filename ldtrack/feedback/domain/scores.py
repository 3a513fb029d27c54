"""From answers to a mean with its uncertainty; who may see the result is decided elsewhere.

Worked example, used below: peers 4, 3, 4, 5, direct reports 3, 2, 3 and a manager 4. The pooled
spread is (4 * 0.8^2 + 2.6667) / (4 + 5) = 0.58074 with 9 degrees of freedom, and the mean of
the three group means is 3.5556, standard error 0.3196, 90 % interval 2.970 to 4.141.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from statistics import fmean

from ldtrack.core.distributions import t_quantile
from ldtrack.feedback.domain.answers import Answer

PRIOR_SD = 0.8
"""Typical spread between raters of one person, in levels."""
PRIOR_DF = 4
"""How many observations that prior is worth."""
SHARED_SD = 0.25
"""What all raters of one cycle share (context, halo); more raters do not average it away."""
INTERVAL_SHARE = 0.90


class Weighting(StrEnum):
    """How rater groups are put together into "others"; pages name the one they use."""

    GROUP = "group"
    RATER = "rater"
    PRECISION = "precision"

    @property
    def sentence(self) -> str:
        return _WEIGHTING_SENTENCES[self]


_WEIGHTING_SENTENCES = {
    Weighting.GROUP: "Every rater group counts the same.",
    Weighting.RATER: "Every rater counts the same.",
    Weighting.PRECISION: "Larger groups count more, as far as they are more certain.",
}


@dataclass(frozen=True, kw_only=True)
class GroupScores:
    """The rater scores of one group that are known one by one."""

    key: str
    scores: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class GroupMean:
    """A group's mean, in levels, and how many raters stand behind it."""

    key: str
    mean: float
    n: int


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Variance between raters within groups, in squared levels, with degrees of freedom."""

    variance: float
    df: int


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A mean of others, in levels; `low` to `high` is its 90 % interval, not cut to the scale."""

    mean: float
    se: float
    df: int
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Missing:
    """The two kinds of missing answers, counted apart."""

    not_observed: int
    blank: int


def rater_score(scores: Sequence[int | None], weights: Sequence[int] | None = None) -> float | None:
    """Mean of one rater's answers to one competency, if at least half of its items have one.

    `weights` say how much each item counts; a missing one leaves the others their proportions.

    >>> rater_score([1, None]), rater_score([1, None, None]), rater_score([4, 1], [2, 1])
    (1.0, None, 3.0)
    """
    weights = weights or [1] * len(scores)
    answered = [(s, w) for s, w in zip(scores, weights, strict=True) if s is not None]
    if not answered or 2 * len(answered) < len(scores):
        return None
    return math.fsum(s * w for s, w in answered) / sum(w for _, w in answered)


def count_missing(answers: Sequence[Answer]) -> Missing:
    """How many answers say "not able to observe", and how many were left blank."""
    not_observed = sum(answer.not_observed for answer in answers)
    empty = sum(answer.score is None for answer in answers)
    return Missing(not_observed=not_observed, blank=empty - not_observed)


def group_mean(group: GroupScores) -> GroupMean | None:
    """Mean of the rater scores of a group; nobody gives no mean, never 0."""
    if not group.scores:
        return None
    return GroupMean(key=group.key, mean=fmean(group.scores), n=len(group.scores))


def group_means(groups: Sequence[GroupScores]) -> tuple[GroupMean, ...]:
    """The means of the groups that have at least one score."""
    means = (group_mean(group) for group in groups)
    return tuple(mean for mean in means if mean is not None)


def pooled_spread(groups: Sequence[GroupScores]) -> Spread:
    """s2 = (4 * 0.8^2 + SS within groups) / (4 + df), df = sum of (n - 1).

    The pull towards 0.8 keeps a group of one, or a unanimous one, from claiming certainty.

    >>> round(pooled_spread([GroupScores(key="p", scores=(4, 3, 4, 5)),
    ...     GroupScores(key="d", scores=(3, 2, 3)), GroupScores(key="m", scores=(4,))]).variance, 5)
    0.58074
    """
    present = [group.scores for group in groups if group.scores]
    within = math.fsum((x - fmean(scores)) ** 2 for scores in present for x in scores)
    df = PRIOR_DF + sum(len(scores) - 1 for scores in present)
    return Spread(variance=(PRIOR_DF * PRIOR_SD**2 + within) / df, df=df)


def weights(means: Sequence[GroupMean], weighting: Weighting, s2: float) -> tuple[float, ...]:
    """One weight per group, adding up to 1. Precision: proportional to 1 / (0.25^2 + s2 / n)."""
    raw = [_raw_weight(group.n, weighting, s2) for group in means]
    return tuple(weight / math.fsum(raw) for weight in raw)


def _raw_weight(n: int, weighting: Weighting, s2: float) -> float:
    if weighting is Weighting.GROUP:
        return 1.0
    return float(n) if weighting is Weighting.RATER else 1 / (SHARED_SD**2 + s2 / n)


def mean_of_others(
    means: Sequence[GroupMean], weighting: Weighting, spread: Spread
) -> Estimate | None:
    """Weighted mean of group means; SE = sqrt(s2 * sum of w^2 / n), interval with Student's t.

    None when there is no group. Worked example in the module docstring.
    """
    if not means:
        return None
    shares = weights(means, weighting, spread.variance)
    mean = math.fsum(w * group.mean for w, group in zip(shares, means, strict=True))
    se = math.sqrt(spread.variance * _thinness(shares, means))
    reach = interval_reach(spread.df) * se
    return Estimate(mean=mean, se=se, df=spread.df, low=mean - reach, high=mean + reach)


@cache
def interval_reach(df: int) -> float:
    """How many standard errors the 90 % interval reaches to each side: t(.95; df)."""
    return t_quantile(0.5 + INTERVAL_SHARE / 2, df)


def noise_variance(means: Sequence[GroupMean], s2: float) -> float:
    """R = 0.25^2 + s2 * sum of w^2 / n with precision weights, in squared levels.

    >>> round(noise_variance([GroupMean(key="peer", mean=3.5, n=8)], 0.64), 4)
    0.1425
    """
    return SHARED_SD**2 + s2 * _thinness(weights(means, Weighting.PRECISION, s2), means)


def _thinness(shares: Sequence[float], means: Sequence[GroupMean]) -> float:
    return math.fsum(w * w / group.n for w, group in zip(shares, means, strict=True))
