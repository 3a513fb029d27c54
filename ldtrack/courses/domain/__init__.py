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
from ldtrack.courses.domain.certificates import (
    Accept,
    CertificateRow,
    CertificateState,
    HandIn,
    Shows,
)
from ldtrack.courses.domain.commands import AddCourse, AddOffering, RecordCompletion
from ldtrack.courses.domain.formats import CourseFormat
from ldtrack.courses.domain.holding import SOON, Held, RenewalRow
from ldtrack.courses.domain.reading import (
    check_result,
    reading_of,
    reading_of_certificate,
    valid_until,
)
from ldtrack.courses.domain.rows import (
    CompletionRow,
    Cost,
    CourseOutline,
    CourseRow,
    Develops,
    OfferingRow,
    PitchedRow,
)

__all__ = [
    "SOON",
    "Accept",
    "AddCourse",
    "AddOffering",
    "Attendance",
    "Attended",
    "BookingRow",
    "BookingState",
    "CertificateRow",
    "CertificateState",
    "CompletionRow",
    "Cost",
    "CourseFormat",
    "CourseOutline",
    "CourseRow",
    "Develops",
    "HandIn",
    "Held",
    "OfferingRow",
    "PitchedRow",
    "RecordCompletion",
    "RenewalRow",
    "Shows",
    "check_result",
    "first_free_seat",
    "is_past",
    "reading_of",
    "reading_of_certificate",
    "said_of_attending",
    "valid_until",
]
