"""The scale that every chart of levels shares, an estimate on it, and why a value may be absent."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self


class Absent(Enum):
    """Why there is no number to draw; the value is what the reader sees in its place."""

    NOT_ASSESSED = "not yet assessed"
    NOT_RATED = "not rated"
    TOO_LITTLE = "too little evidence"
    HIDDEN = "hidden to protect raters"
    ROUGH = "known only roughly"

    @property
    def brief(self) -> str:
        return "hidden" if self is Absent.HIDDEN else self.value


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A scale of proficiency levels from `low` to `high`, with a word for each whole level."""

    low: int = 1
    high: int = 5
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.high <= self.low:
            raise ValueError("A scale must end above where it begins.")
        if self.words and len(self.words) != len(self.levels):
            raise ValueError("A scale needs a word for every level, or none.")

    @property
    def levels(self) -> range:
        return range(self.low, self.high + 1)

    def word(self, level: int) -> str:
        return self.words[level - self.low] if self.words else ""

    def clip(self, level: float) -> float:
        """The nearest level that can be drawn: an estimate may leave the scale, a chart may not."""
        return min(max(level, float(self.low)), float(self.high))

    def share(self, level: float) -> float:
        """How far along the scale a level stands, 0 at the low end and 1 at the high end."""
        return (self.clip(level) - self.low) / (self.high - self.low)


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A level with the range it probably lies in."""

    level: float
    low: float
    high: float

    def __post_init__(self) -> None:
        require_finite(self.level, self.low, self.high)
        if not self.low <= self.level <= self.high:
            raise ValueError("A level must lie inside its own range.")

    def within(self, scale: Scale) -> Self:
        return replace(
            self,
            level=scale.clip(self.level),
            low=scale.clip(self.low),
            high=scale.clip(self.high),
        )


def require_finite(*numbers: float | None) -> None:
    """Refuse what cannot be drawn; None stands for a number that was not asked for."""
    if not all(number is None or math.isfinite(number) for number in numbers):
        raise ValueError("A chart can only show finite numbers.")
