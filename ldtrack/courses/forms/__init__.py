"""Forms of the catalogue, of dated runs and of completions."""

from ldtrack.courses.forms.catalogue import CourseForm, course_form
from ldtrack.courses.forms.completions import CompletionForm
from ldtrack.courses.forms.offerings import (
    BookForm,
    CancelForm,
    attendance_form,
    offering_form,
)

__all__ = [
    "BookForm",
    "CancelForm",
    "CompletionForm",
    "CourseForm",
    "attendance_form",
    "course_form",
    "offering_form",
]
