"""Forms on pages that draw on several rooms."""

from ldtrack.dashboards.forms.linking import (
    ComingForm,
    GoingOutForm,
    LinkCourseForm,
    LinkOpeningForm,
    LinkStepForm,
)
from ldtrack.dashboards.forms.writing import (
    MOST_CHARS,
    CallForm,
    DeclineForm,
    EnrolInterestedForm,
    EnrolThemForm,
    GoalForm,
    InterestForm,
    RuleForm,
)

__all__ = [
    "MOST_CHARS",
    "CallForm",
    "ComingForm",
    "DeclineForm",
    "EnrolInterestedForm",
    "EnrolThemForm",
    "GoalForm",
    "GoingOutForm",
    "InterestForm",
    "LinkCourseForm",
    "LinkOpeningForm",
    "LinkStepForm",
    "RuleForm",
]
