"""The catalogue, dated runs, and completions as an actor may see them."""

from ldtrack.courses.queries.catalogue import (
    PAGE,
    catalogue,
    course,
    course_titles,
    courses_for,
    courses_named,
    courses_on_offer,
    courses_pitched,
    developed,
    every_course,
    hours_named_by,
)
from ldtrack.courses.queries.completions import (
    COMPLETION_ORDERS,
    LATEST_FIRST,
    completed_by,
    completion,
    completions_at,
    completions_of,
    completions_of_people,
    held,
    passed,
)
from ldtrack.courses.queries.finding import (
    courses_by_code,
    courses_by_title,
    courses_here,
)
from ldtrack.courses.queries.offerings import (
    booking,
    bookings_ahead,
    bookings_of,
    offering,
    offerings_of,
)
from ldtrack.courses.queries.wanted import Wanted, small_number, wanted_from

__all__ = [
    "COMPLETION_ORDERS",
    "LATEST_FIRST",
    "PAGE",
    "Wanted",
    "booking",
    "bookings_ahead",
    "bookings_of",
    "catalogue",
    "completed_by",
    "completion",
    "completions_at",
    "completions_of",
    "completions_of_people",
    "course",
    "course_titles",
    "courses_by_code",
    "courses_by_title",
    "courses_for",
    "courses_here",
    "courses_named",
    "courses_on_offer",
    "courses_pitched",
    "developed",
    "every_course",
    "held",
    "hours_named_by",
    "offering",
    "offerings_of",
    "passed",
    "small_number",
    "wanted_from",
]
