"""How far several raters agree, as numbers; where a number may be shown is decided elsewhere.

Variances are sample variances (n − 1). The null variance of A equally likely options is
v = (A² − 1) / 12: 2 for five options, 4 for seven. Scores come as one row per rater with one
place per item; None is a missing answer. An item needs two answers to count, and the items that
do are j many.

Worked example: five raters answer three items with 4 4 5, 5 4 4, 4 3 4, 4 4 3 and 3 4 4. The
item variances are .5, .2 and .5, so r*wg(j) = 1 − .4 / 2 = .80, rwg(j) = 2.4 / 2.6 = .923077, and
raters are .373333 of a level from the mean on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

from ldtrack.feedback.domain.answers import Scale

FEWEST_ANSWERS = 2
_HAIR = 1e-9
Rows = Sequence[Sequence[int | None]]


@dataclass(frozen=True, kw_only=True)
class WithinGroup:
    """An index of 0 to 1; `more_than_random` says that it would have fallen below 0."""

    value: float
    more_than_random: bool


def null_variance(scale: Scale) -> float:
    """The variance of answers given by chance, in squared levels.

    >>> null_variance(Scale(lo=1, hi=5)), null_variance(Scale(lo=1, hi=7))
    (2.0, 4.0)
    """
    options = scale.hi - scale.lo + 1
    return float((options**2 - 1) / 12)


def rwg(scores: Sequence[int], scale: Scale) -> WithinGroup | None:
    """rwg = 1 − s² / v of one item; None under two answers.

    >>> found = rwg([4, 3, 4, 5, 3, 2, 3, 4], Scale())
    >>> found and round(found.value, 6)
    0.571429
    """
    if len(scores) < FEWEST_ANSWERS:
        return None
    share = variance(scores) / null_variance(scale)
    return WithinGroup(value=max(0.0, 1 - share), more_than_random=share > 1 + _HAIR)


def rwg_j(rows: Rows, scale: Scale) -> WithinGroup | None:
    """rwg(j) = j a / (j a + s²/v) with a = 1 − s²/v and the mean item variance s², at most v."""
    items = _items(rows)
    if not items:
        return None
    share = fmean(variance(scores) for scores in items) / null_variance(scale)
    capped = min(share, 1.0)
    agreed = len(items) * (1 - capped)
    return WithinGroup(value=agreed / (agreed + capped), more_than_random=share > 1 + _HAIR)


def r_star_wg_j(rows: Rows, scale: Scale) -> float | None:
    """r*wg(j) = 1 − s²/v with the mean item variance s²: more items do not inflate it."""
    items = _items(rows)
    if not items:
        return None
    return 1 - fmean(variance(scores) for scores in items) / null_variance(scale)


def awg(scores: Sequence[int], scale: Scale) -> float | None:
    """awg = 1 − 2 s² / ([(H + L) M − M² − H L] k / (k − 1)): it allows for the ends of the scale.

    1 when the mean M is H or L. None under two answers, and where M is so near an end that no k
    whole scores but the unanimous ones could be spread as far as the index assumes.

    >>> awg([5, 5, 5], Scale()), awg([1, 1, 1, 2], Scale())
    (1.0, None)
    """
    k = len(scores)
    if k < FEWEST_ANSWERS:
        return None
    mean, lo, hi = fmean(scores), scale.lo, scale.hi
    if mean in (lo, hi):
        return 1.0
    if not (lo * (k - 1) + hi) / k - _HAIR <= mean <= (hi * (k - 1) + lo) / k + _HAIR:
        return None
    most = ((hi + lo) * mean - mean**2 - hi * lo) * k / (k - 1)
    return 1 - 2 * variance(scores) / most


def mean_distance(scores: Sequence[float]) -> float | None:
    """AD: how far raters are from their mean on average, in levels.

    >>> mean_distance([4, 3, 4, 5, 3, 2, 3, 4])
    0.75
    """
    if len(scores) < FEWEST_ANSWERS:
        return None
    mean = fmean(scores)
    return fmean(abs(score - mean) for score in scores)


def mean_distance_j(rows: Rows) -> float | None:
    """The mean of AD over the items."""
    distances = [mean_distance(scores) for scores in _items(rows)]
    return fmean(d for d in distances if d is not None) if distances else None


def awg_j(rows: Rows, scale: Scale) -> float | None:
    """The mean of awg over the items for which it is defined."""
    found = [awg(scores, scale) for scores in _items(rows)]
    defined = [value for value in found if value is not None]
    return fmean(defined) if defined else None


def _items(rows: Rows) -> list[list[int]]:
    """The answers to each item that has two or more, whoever gave them."""
    answered = ([score for score in item if score is not None] for item in zip(*rows, strict=True))
    return [scores for scores in answered if len(scores) >= FEWEST_ANSWERS]
