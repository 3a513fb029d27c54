"""Agreement between raters, told as a word; never as a standard deviation.

With few raters a mean and a standard deviation together give away the whole list of scores, so
below ten raters nothing finer than a word about spread leaves this room.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from statistics import fmean, variance

EXACT_FROM = 10
"""Raters in a group from which its spread is used as it is."""
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


def told_variance(scores: Sequence[float], word: Agreement | None) -> float:
    """The variance within a group that published figures may be computed from, in squared levels.

    Below ten raters it follows from the group's word, or from the usual spread of 0.8 without
    one, so that a standard error or an evidence weight tells nothing that the word does not.

    >>> told_variance([4, 3, 4, 5], Agreement.AGREE), round(told_variance([4, 4, 2] * 4, None), 4)
    (0.25, 0.9697)
    """
    if len(scores) >= EXACT_FROM:
        return variance(scores)
    return _USUAL_SD[word] ** 2


_USUAL_SD = {None: 0.8, Agreement.AGREE: 0.5, Agreement.SOME: 0.8, Agreement.DIFFER: 1.2}
"""The standard deviation, in levels, that each word stands for."""
