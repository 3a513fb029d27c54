"""How levels of one edition read on the scale of the next."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LevelMap:
    """A straight stretch of one scale onto another: the lowest and the highest level say it all.

    >>> LevelMap(before_lo=1, before_hi=5, after_lo=1, after_hi=3).read(4)
    2.5
    """

    before_lo: int
    before_hi: int
    after_lo: int
    after_hi: int

    @property
    def ratio(self) -> float:
        """Levels of the later scale for one of the earlier; variances go by its square."""
        return (self.after_hi - self.after_lo) / (self.before_hi - self.before_lo)

    @property
    def changes_nothing(self) -> bool:
        """Whether every level keeps its number."""
        return (self.before_lo, self.before_hi) == (self.after_lo, self.after_hi)

    def read(self, level: float) -> float:
        """A level of the earlier scale on the later one."""
        if self.changes_nothing:
            return level
        return self.after_lo + self.ratio * (level - self.before_lo)

    def nearest(self, level: int) -> int:
        """The whole level nearest to one that was asked for; a half goes up, to ask no less."""
        return math.floor(self.read(level) + 0.5)
