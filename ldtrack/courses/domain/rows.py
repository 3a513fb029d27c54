"""Courses, offerings and completions as other rooms see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Develops:
    """A competency that a course develops, and the level it is pitched at."""

    competency_id: int
    level: int


@dataclass(frozen=True, kw_only=True)
class CourseRow:
    """A course as pages and documents need it; `hours` is its length, `valid_months` how long a
    completion stands, if not for good."""

    id: int
    code: str
    title: str
    provider: str
    mode: str
    hours: float | None
    valid_months: int | None
    owner_id: int | None
    description: str
    archived_on: date | None
    develops: tuple[Develops, ...]
    n_completions: int


@dataclass(frozen=True, kw_only=True)
class PitchedRow:
    """A course in one line: what it is called, and the level it is pitched at."""

    id: int
    title: str
    level: int


@dataclass(frozen=True, kw_only=True)
class OfferingRow:
    """A dated run of a course."""

    id: int
    starts_on: date
    ends_on: date | None
    place: str


@dataclass(frozen=True, kw_only=True)
class CompletionRow:
    """Somebody's record of a course."""

    id: int
    course_id: int
    code: str
    title: str
    person_id: int
    completed_on: date
    valid_until: date | None
    score: float | None
    score_max: float | None
    passed: bool | None
    source: str

    @property
    def result(self) -> str:
        """What came of it, in a few words.

        A course without an assessment was simply taken part in.
        """
        score = "" if self.score is None else f"{self.score:g} of {self.score_max:g}"
        if self.passed is None:
            return f"Scored {score}" if score else "Took part"
        word = "Passed" if self.passed else "Not passed"
        return f"{word}, {score}" if score else word
