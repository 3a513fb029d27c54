"""Tables of courses: the catalogue, dated runs with their bookings, completions, statements."""

from ldtrack.courses.models.catalogue import Completion, Course, CourseCompetency
from ldtrack.courses.models.certificates import Certificate
from ldtrack.courses.models.offerings import Booking, Offering
from ldtrack.courses.models.statements import (
    ActivityMatch,
    LearnerMatch,
    RecordStore,
    Statement,
    StatementSource,
    StatementVoiding,
)

__all__ = [
    "ActivityMatch",
    "Booking",
    "Certificate",
    "Completion",
    "Course",
    "CourseCompetency",
    "LearnerMatch",
    "Offering",
    "RecordStore",
    "Statement",
    "StatementSource",
    "StatementVoiding",
]
