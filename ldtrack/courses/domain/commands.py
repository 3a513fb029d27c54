"""What can be asked of the services of courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.courses.domain.formats import CourseFormat


@dataclass(frozen=True, kw_only=True)
class AddCourse:
    """A course as it shall stand in the catalogue.

    `develops` pairs competency ids with the level the course is pitched at, `hours` is its
    length, `valid_months` says after how long a completion has to be renewed, `mode` in its own
    words how it is held. `cost_cents` are hundredths of the `currency`, three capital letters.
    """

    code: str
    title: str
    format: CourseFormat | None = None
    provider: str = ""
    mode: str = ""
    hours: float | None = None
    valid_months: int | None = None
    cost_cents: int | None = None
    currency: str = ""
    owner_id: int | None = None
    description: str = ""
    develops: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class AddOffering:
    """A dated run of a course; without `places` there is room for everybody."""

    starts_on: date
    ends_on: date | None = None
    place: str = ""
    places: int | None = None


@dataclass(frozen=True, kw_only=True)
class RecordCompletion:
    """Somebody completed a course; `score` of `score_max` points, or `passed`, or neither."""

    course_id: int
    person_id: int
    completed_on: date
    score: float | None = None
    score_max: float | None = None
    passed: bool | None = None
    source: str = "form"
