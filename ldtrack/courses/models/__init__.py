"""Tables of courses: the catalogue, dated runs with their bookings, and completions."""

from ldtrack.courses.models.catalogue import Completion, Course, CourseCompetency
from ldtrack.courses.models.offerings import Booking, Offering

__all__ = ["Booking", "Completion", "Course", "CourseCompetency", "Offering"]
