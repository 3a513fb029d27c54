"""The cover: who, what and when, and who took part; also the scale and the limits in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class RaterCount:
    """A column of the 360 and how many answered, in the words that may be printed."""

    group: str
    words: str


@dataclass(frozen=True, kw_only=True)
class EarlierReview:
    """A review of the same kind that was made before."""

    number: str
    as_of: date


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands on the first page; an empty text is left out."""

    person: str
    first_name: str
    role: str
    unit: str
    organisation: str
    programme: str
    cohort: str
    framework: str
    coach: str
    manager: str
    sponsor: str
    began_on: date | None
    """The first day that the review looks back on."""
    released_to: tuple[str, ...]
    raters: tuple[RaterCount, ...]


@dataclass(frozen=True, kw_only=True)
class ScaleLevel:
    """One level of the scale with its word and what it means."""

    value: int
    label: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class ScaleWords:
    """The scale of a framework, lowest level first."""

    levels: tuple[ScaleLevel, ...]

    @property
    def low(self) -> int:
        """The lowest level."""
        return self.levels[0].value

    @property
    def high(self) -> int:
        """The highest level."""
        return self.levels[-1].value


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The numbers by which the review decides what it may say; shares and chances in 0..1."""

    rater_floor: int
    band_share: float
    met_chance: float
    gap: float
    strength: float
