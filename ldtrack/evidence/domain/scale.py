"""The ordered scale that values and levels lie on; the wording of its levels lives elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ldtrack.core.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole levels from `lo` to `hi`, `step` apart."""

    lo: int
    hi: int
    step: int = 1

    def __post_init__(self) -> None:
        if self.lo >= self.hi:
            raise RuleBroken("hi", "The highest level must be above the lowest.")
        if self.step < 1 or (self.hi - self.lo) % self.step:
            raise RuleBroken("step", "The steps must lead exactly from the lowest level up.")

    @property
    def midpoint(self) -> float:
        """The middle of the scale, in levels."""
        return (self.lo + self.hi) / 2

    @property
    def levels(self) -> tuple[int, ...]:
        """Every level, lowest first."""
        return tuple(range(self.lo, self.hi + 1, self.step))

    def check(self, field: str, value: float) -> float:
        """The value itself if it lies on the scale, else `RuleBroken`; it is never clipped."""
        if not (math.isfinite(value) and self.lo <= value <= self.hi):
            raise RuleBroken(field, f"Give a value from {self.lo} to {self.hi}.")
        return value

    def clipped(self, value: float) -> float:
        """The nearest value on the scale; for showing only, never for computing."""
        return min(max(value, float(self.lo)), float(self.hi))

    def rescaled(self, score: float, *, lowest: float, highest: float) -> float:
        """A score from a test marked `lowest` to `highest`, stretched straight onto this scale.

        Raises `RuleBroken` if the score lies outside its own marks.

        >>> Scale(1, 5).rescaled(75, lowest=0, highest=100)
        4.0
        """
        if not lowest < highest:
            raise RuleBroken("highest", "The best possible score must be above the worst.")
        if not lowest <= score <= highest:
            raise RuleBroken("score", f"Give a score from {lowest:g} to {highest:g}.")
        return self.lo + (self.hi - self.lo) * (score - lowest) / (highest - lowest)
