"""Courses, offerings and completions as other rooms see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.courses.domain.formats import CourseFormat


@dataclass(frozen=True, kw_only=True)
class Develops:
    """A competency that a course develops, and the level it is pitched at."""

    competency_id: int
    level: int


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one place in a course costs.

    >>> str(Cost(cents=125_050, currency="EUR"))
    'EUR 1,250.50'
    """

    cents: int
    currency: str

    def __str__(self) -> str:
        return f"{self.currency} {self.cents / 100:,.2f}"


@dataclass(frozen=True, kw_only=True)
class CourseRow:
    """A course as pages and documents need it; `hours` is its length, `valid_months` how long a
    completion stands, if not for good. `cost` is
    none for whoever may not know it."""

    id: int
    code: str
    title: str
    provider: str
    format: CourseFormat | None
    mode: str
    hours: float | None
    valid_months: int | None
    cost: Cost | None
    owner_id: int | None
    description: str
    archived_on: date | None
    develops: tuple[Develops, ...]
    n_completions: int


@dataclass(frozen=True, kw_only=True)
class CourseOutline:
    """What a course is called, and the competencies it develops."""

    code: str
    title: str
    develops: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class PitchedRow:
    """A course in one line: what it is called, and the level it is pitched at."""

    id: int
    title: str
    level: int


@dataclass(frozen=True, kw_only=True)
class OfferingRow:
    """A dated run of a course, with how many have a place in it and how many wait for one."""

    id: int
    course_id: int
    title: str
    starts_on: date
    ends_on: date | None
    place: str
    places: int | None
    cancelled_on: date | None
    cancel_reason: str
    n_booked: int
    n_waiting: int

    @property
    def left(self) -> int | None:
        """Places that nobody has; `None` if there is room for everybody."""
        return None if self.places is None else max(0, self.places - self.n_booked)

    @property
    def last_day(self) -> date:
        """The day after which it is over."""
        return self.ends_on or self.starts_on


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
