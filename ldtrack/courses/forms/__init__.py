"""Forms of the catalogue, of dated runs and of completions."""

from ldtrack.courses.forms.catalogue import CourseForm, course_form
from ldtrack.courses.forms.certificates import Decision, HandInForm, review_form
from ldtrack.courses.forms.completions import CompletionForm
from ldtrack.courses.forms.offerings import (
    BookForm,
    CancelForm,
    attendance_form,
    offering_form,
)
from ldtrack.courses.forms.statements import (
    ActivityForm,
    LearnerForm,
    Meaning,
    SourceForm,
    StoreForm,
)

__all__ = [
    "ActivityForm",
    "BookForm",
    "CancelForm",
    "CompletionForm",
    "CourseForm",
    "Decision",
    "HandInForm",
    "LearnerForm",
    "Meaning",
    "SourceForm",
    "StoreForm",
    "attendance_form",
    "course_form",
    "offering_form",
    "review_form",
]
