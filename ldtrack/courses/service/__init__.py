"""What can be done with courses: keeping the catalogue, recording completions."""

from ldtrack.courses.domain import AddCourse, AddOffering, RecordCompletion
from ldtrack.courses.service.catalogue import (
    add_course,
    add_offering,
    archive_course,
    change_course,
    remove_offering,
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

__all__ = [
    "AddCourse",
    "AddOffering",
    "RecordCompletion",
    "Recorded",
    "add_course",
    "add_offering",
    "archive_course",
    "change_course",
    "compare_completions",
    "record_completion",
    "record_completions",
    "remove_offering",
    "restore_course",
    "withdraw_completion",
    "withdraw_completions",
]
