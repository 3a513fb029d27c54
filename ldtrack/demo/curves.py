"""How made-up people truly grow, and what somebody who watches them would see of it; pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from random import Random


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A true level over time: it starts somewhere, rises by a gain, and stays on the scale.

    `start` and `gain` are in levels; half of the gain is there after `half_after` days.
    """

    begins_on: date
    start: float
    gain: float
    half_after: float
    lo: int
    hi: int

    def level_on(self, day: date) -> float:
        """The true level on a day.

        >>> from datetime import date
        >>> curve = Curve(begins_on=date(2026, 1, 1), start=2.0, gain=1.0, half_after=100,
        ...               lo=1, hi=5)
        >>> curve.level_on(date(2026, 4, 11))
        2.5
        """
        days = max(0, (day - self.begins_on).days)
        grown = self.gain * (1 - math.exp(-math.log(2) * days / self.half_after))
        return min(max(self.start + grown, self.lo), self.hi)


def made_up(random: Random, begins_on: date, lo: int, hi: int) -> Curve:
    """A curve of a believable person: most grow, some a lot, a few go back a little."""
    middle, width = (lo + hi) / 2, hi - lo
    return Curve(
        begins_on=begins_on,
        start=random.gauss(middle - 0.09 * width, 0.12 * width),
        gain=random.gauss(0.21 * width, 0.13 * width),
        half_after=random.uniform(120, 420),
        lo=lo,
        hi=hi,
    )


def rated(random: Random, level: float, spread: float, lo: int, hi: int) -> int:
    """A whole rating by somebody whose eye errs by `spread` (one standard deviation)."""
    return min(max(round(random.gauss(level, spread)), lo), hi)


def achieved(random: Random, level: float, pitched_at: int) -> bool:
    """Whether somebody at the level achieves what is pitched at another, this time."""
    return random.gauss(level, 0.6) >= pitched_at
