"""Values of courses: rows, commands, and what a completion says about a level."""

from ldtrack.courses.domain.booking import (
    Attendance,
    Attended,
    BookingRow,
    BookingState,
    first_free_seat,
    is_past,
    said_of_attending,
)
from ldtrack.courses.domain.commands import AddCourse, AddOffering, RecordCompletion
from ldtrack.courses.domain.formats import CourseFormat
from ldtrack.courses.domain.holding import SOON, Held
from ldtrack.courses.domain.reading import check_result, reading_of, valid_until
from ldtrack.courses.domain.rows import (
    CompletionRow,
    Cost,
    CourseRow,
    Develops,
    OfferingRow,
    PitchedRow,
)

__all__ = [
    "SOON",
    "AddCourse",
    "AddOffering",
    "Attendance",
    "Attended",
    "BookingRow",
    "BookingState",
    "CompletionRow",
    "Cost",
    "CourseFormat",
    "CourseRow",
    "Develops",
    "Held",
    "OfferingRow",
    "PitchedRow",
    "RecordCompletion",
    "check_result",
    "first_free_seat",
    "is_past",
    "reading_of",
    "said_of_attending",
    "valid_until",
]
