"""The catalogue, and completions as an actor may see them."""

from ldtrack.courses.queries.catalogue import (
    PAGE,
    any_course,
    catalogue,
    course,
    courses_for,
    courses_named,
    courses_on_offer,
    courses_pitched,
    offerings_of,
)
from ldtrack.courses.queries.completions import (
    completion,
    completions_at,
    completions_of,
    passed,
)
from ldtrack.courses.queries.finding import (
    courses_by_code,
    courses_by_title,
)

__all__ = [
    "PAGE",
    "any_course",
    "catalogue",
    "completion",
    "completions_at",
    "completions_of",
    "course",
    "courses_by_code",
    "courses_by_title",
    "courses_for",
    "courses_named",
    "courses_on_offer",
    "courses_pitched",
    "offerings_of",
    "passed",
]
