"""What can be asked of the services of courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class AddCourse:
    """A course as it shall stand in the catalogue.

    `develops` pairs competency ids with the level the course is pitched at, `hours` is its
    length, `valid_months` says after how long a completion has to be renewed.
    """

    code: str
    title: str
    provider: str = ""
    mode: str = ""
    hours: float | None = None
    valid_months: int | None = None
    owner_id: int | None = None
    description: str = ""
    develops: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class AddOffering:
    """A dated run of a course."""

    starts_on: date
    ends_on: date | None = None
    place: str = ""


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
