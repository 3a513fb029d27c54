"""Values of courses: rows, commands, and what a completion says about a level."""

from ldtrack.courses.domain.commands import AddCourse, AddOffering, RecordCompletion
from ldtrack.courses.domain.reading import check_result, reading_of, valid_until
from ldtrack.courses.domain.rows import (
    CompletionRow,
    CourseRow,
    Develops,
    OfferingRow,
    PitchedRow,
)

__all__ = [
    "AddCourse",
    "AddOffering",
    "CompletionRow",
    "CourseRow",
    "Develops",
    "OfferingRow",
    "PitchedRow",
    "RecordCompletion",
    "check_result",
    "reading_of",
    "valid_until",
]
