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
from ldtrack.courses.service.certificates import (
    accept_certificate,
    hand_in,
    return_certificate,
    take_back_certificate,
)
from ldtrack.courses.service.completions import (
    Recorded,
    compare_completions,
    put_back_results,
    record_completion,
    record_completions,
    withdraw_completion,
    withdraw_completions,
)
from ldtrack.courses.service.developing import (
    let_course_develop,
    let_course_develop_no_more,
)
from ldtrack.courses.service.expiry import DAILY, courses_to_renew, remind_of
from ldtrack.courses.service.joining import course_clashes, make_way_in_courses
from ldtrack.courses.service.offerings import (
    add_offering,
    cancel_offering,
    change_offering,
    remove_offering,
)

__all__ = [
    "DAILY",
    "AddCourse",
    "AddOffering",
    "RecordCompletion",
    "Recorded",
    "accept_certificate",
    "add_course",
    "add_offering",
    "archive_course",
    "book",
    "cancel_offering",
    "change_course",
    "change_offering",
    "compare_completions",
    "course_clashes",
    "courses_to_renew",
    "hand_in",
    "let_course_develop",
    "let_course_develop_no_more",
    "make_way_in_courses",
    "put_back_results",
    "record_attendance",
    "record_completion",
    "record_completions",
    "remind_of",
    "remove_offering",
    "restore_course",
    "return_certificate",
    "take_back_certificate",
    "withdraw",
    "withdraw_completion",
    "withdraw_completions",
]
