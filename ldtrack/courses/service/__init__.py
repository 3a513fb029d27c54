"""What can be done with courses: the catalogue, dated runs, places, completions."""

from ldtrack.courses.domain import AddCourse, AddOffering, RecordCompletion
from ldtrack.courses.service.attendance import record_attendance
from ldtrack.courses.service.bookings import book, withdraw
from ldtrack.courses.service.catalogue import (
    add_course,
    archive_course,
    change_course,
    restore_course,
)
from ldtrack.courses.service.completions import (
    Recorded,
    compare_completions,
    record_completion,
    record_completions,
    withdraw_completion,
    withdraw_completions,
)
from ldtrack.courses.service.developing import (
    let_course_develop,
    let_course_develop_no_more,
)
from ldtrack.courses.service.offerings import (
    add_offering,
    cancel_offering,
    change_offering,
    remove_offering,
)

__all__ = [
    "AddCourse",
    "AddOffering",
    "RecordCompletion",
    "Recorded",
    "add_course",
    "add_offering",
    "archive_course",
    "book",
    "cancel_offering",
    "change_course",
    "change_offering",
    "compare_completions",
    "let_course_develop",
    "let_course_develop_no_more",
    "record_attendance",
    "record_completion",
    "record_completions",
    "remove_offering",
    "restore_course",
    "withdraw",
    "withdraw_completion",
    "withdraw_completions",
]
