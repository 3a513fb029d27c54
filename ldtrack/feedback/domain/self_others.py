"""Self beside others: the gap, its category and its quadrant, with the rule for doubt.

A gap is only named when it is larger than its noise; two numbers that agree in level and two
profiles that agree in shape are different things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import StatisticsError, correlation

from ldtrack.feedback.domain.scores import interval_reach

_HAIR = 1e-9
"""Keeps 0.5 a gap of 0.5 when binary arithmetic makes it 0.49999…"""
MIN_PROFILE = 5
SAME_SHAPE = 0.5
"""From this correlation on, two profiles have their highs and lows in the same places."""


@dataclass(frozen=True, kw_only=True)
class GapRule:
    """How large a gap counts, and from where on a level counts as a strength (both in levels)."""

    gap: float = 0.5
    strength: float = 3.5


class Category(StrEnum):
    """Where self stands against others, whatever the noise."""

    OVER = "over"
    UNDER = "under"
    AGREE_HIGH = "agree-high"
    AGREE_LOW = "agree-low"


class Quadrant(StrEnum):
    """What self and others together suggest to talk about."""

    BLIND_SPOT = "blind spot"
    HIDDEN_STRENGTH = "hidden strength"
    CONFIRMED_STRENGTH = "confirmed strength"
    CONFIRMED_DEVELOPMENT_AREA = "confirmed development area"
    UNCLEAR = "unclear"


def category(self_mean: float, others: float, rule: GapRule | None = None) -> Category:
    """Gap = self - others: over from +0.5, under from -0.5, else agree, high from 3.5.

    >>> category(5, 3.5556).value, category(4, 3.5556).value
    ('over', 'agree-high')
    """
    rule = rule or GapRule()
    gap = self_mean - others
    if gap >= rule.gap - _HAIR:
        return Category.OVER
    if gap <= -rule.gap + _HAIR:
        return Category.UNDER
    return Category.AGREE_HIGH if _is_strength(others, rule) else Category.AGREE_LOW


def is_sure(gap: float, se: float, df: int) -> bool:
    """Whether a gap is larger than its noise: |gap| >= t(.95; df) * SE."""
    return abs(gap) >= interval_reach(df) * se - _HAIR


def quadrant(
    self_mean: float, others: float, *, sure: bool, rule: GapRule | None = None
) -> Quadrant:
    """The quadrant; without `sure` there is no blind spot and no hidden strength.

    >>> quadrant(5, 3.5556, sure=True).value, quadrant(4, 3.0, sure=False).value
    ('confirmed strength', 'unclear')
    """
    rule = rule or GapRule()
    where = category(self_mean, others, rule)
    others_high, self_high = _is_strength(others, rule), _is_strength(self_mean, rule)
    if sure and where is Category.OVER and not others_high:
        return Quadrant.BLIND_SPOT
    if sure and where is Category.UNDER and others_high:
        return Quadrant.HIDDEN_STRENGTH
    if others_high and self_high:
        return Quadrant.CONFIRMED_STRENGTH
    if not others_high and not self_high:
        return Quadrant.CONFIRMED_DEVELOPMENT_AREA
    return Quadrant.UNCLEAR


def profile_agreement(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Correlation of self and others over competencies; None under 5 or without any variation.

    >>> profile_agreement([(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)])
    1.0
    """
    if len(pairs) < MIN_PROFILE:
        return None
    try:
        return round(correlation(*zip(*pairs, strict=True)), 2)
    except StatisticsError:
        return None


def profile_words(agreement: float | None, *, own: bool = False) -> str:
    """What the correlation says, without the number; nothing where there is none.

    >>> profile_words(0.62)
    'Self and others see the same highs and lows, whatever the levels.'
    """
    if agreement is None:
        return ""
    shape = "the same" if agreement >= SAME_SHAPE - _HAIR else "different"
    who = "You and others" if own else "Self and others"
    return f"{who} see {shape} highs and lows, whatever the levels."


def _is_strength(level: float, rule: GapRule) -> bool:
    return level >= rule.strength - _HAIR
