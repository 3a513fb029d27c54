"""Agreement between raters, told as words and steps; never as a standard deviation.

With few raters a mean and a standard deviation together give away the whole list of scores, so
below ten raters nothing finer than a word about spread leaves this room.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from statistics import fmean

EXACT_FROM = 10
"""Raters in a group from which its spread is used as it is."""
SPREAD_STEPS = ((0.65, 0.5), (1.0, 0.8), (math.inf, 1.2))
"""(standard deviation below, stands for): all that is told of a small group's spread."""
_HAIR = 1e-9


class Agreement(StrEnum):
    """How far raters are apart: mean distance from their mean, in levels, up to .5 and .83."""

    AGREE = "raters agree"
    SOME = "some differences"
    DIFFER = "raters see this differently: ask why"


def agreement(scores: Sequence[float], k: int) -> Agreement | None:
    """The word for these scores; None below k raters.

    >>> agreement([4, 3, 4, 5], k=3).value, agreement([1, 5, 3], k=3).value
    ('raters agree', 'raters see this differently: ask why')
    """
    if len(scores) < max(k, 1):
        return None
    mean = fmean(scores)
    distance = fmean(abs(score - mean) for score in scores)
    if distance <= 0.5 + _HAIR:
        return Agreement.AGREE
    return Agreement.SOME if distance <= 0.83 + _HAIR else Agreement.DIFFER


def published_variance(variance: float, smallest_group: int) -> float:
    """The variance that published figures may be computed from, in squared levels.

    Below ten raters in the smallest group it is one of three steps, so that a standard error or
    an evidence weight cannot be turned back into the scores.

    >>> round(published_variance(0.58074, 4), 2), published_variance(0.58074, 10)
    (0.64, 0.58074)
    """
    if smallest_group >= EXACT_FROM:
        return variance
    sd = math.sqrt(variance)
    return next(step for below, step in SPREAD_STEPS if sd < below) ** 2
