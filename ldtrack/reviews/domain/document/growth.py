"""Where the person stands on each competency, how it came about and what it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldtrack.reviews.domain.document.cover import ScaleWords


class Sure(StrEnum):
    """How sure the level is; the words are for print."""

    WELL_ESTABLISHED = "well established"
    FAIRLY_SURE = "fairly sure"
    TENTATIVE = "tentative"
    TOO_LITTLE = "too little evidence"


class Met(StrEnum):
    """How the level stands against the target; the words are for print."""

    MET = "met"
    TOO_CLOSE = "too close to call"
    NOT_YET = "not yet"


class Origin(StrEnum):
    """Where a piece of evidence came from, in the words of the charts' legend."""

    COURSE = "Course"
    COACHING = "Coaching"
    ASSIGNMENT = "Assignment"
    FEEDBACK = "360 feedback"
    OTHER = "Other"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The level on the day of the review with its range; it is carried if nothing was seen since
    the framework changed."""

    level: float
    low: float
    high: float
    sure: Sure
    met: Met | None
    chance: float | None
    n_pieces: int
    carried: bool
    carried_from: str = ""
    """What the edition before is called, if the level is carried."""


@dataclass(frozen=True, kw_only=True)
class LevelOn:
    """The estimate as it stood on one day."""

    on: date
    level: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of evidence: what it was and what it said; `level` is where a chart puts it."""

    on: date
    origin: Origin
    kind: str
    title: str
    said: str
    author: str
    level: float | None


@dataclass(frozen=True, kw_only=True)
class MarkOn:
    """A day on which another edition of the framework came into force, and the words for it."""

    on: date
    label: str


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A change that is larger than its noise, since a day."""

    since: date
    before: float
    now: float

    @property
    def up(self) -> bool:
        """Whether the level is higher than it was."""
        return self.now > self.before


@dataclass(frozen=True, kw_only=True)
class CompetencyPart:
    """One competency; without a standing it was not yet assessed."""

    key: str
    name: str
    domain: str
    definition: str
    scale: ScaleWords
    target: int | None
    standing: Standing | None
    points: tuple[LevelOn, ...]
    pieces: tuple[Piece, ...]
    moved: Moved | None
    marks: tuple[MarkOn, ...] = ()
    is_critical: bool = False
    """Whether the role cannot do without it."""
    retired_in: str = ""
    """The edition in which nothing takes its place, if there is one."""

    @property
    def gap(self) -> float | None:
        """Levels missing to the target; negative when it is passed."""
        if self.standing is None or self.target is None:
            return None
        return self.target - self.standing.level
