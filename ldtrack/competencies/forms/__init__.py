"""Forms in which HR writes frameworks, says what roles ask for, and decides crosswalks."""

from ldtrack.competencies.forms.crosswalk import DecideForm, ReadLevelsForm
from ldtrack.competencies.forms.writing import (
    CompetencyForm,
    DomainForm,
    EditionForm,
    FrameworkForm,
    IndicatorForm,
    LevelsForm,
    ProfileForm,
    SplitForm,
    lines_of,
    usual_lines,
)

__all__ = [
    "CompetencyForm",
    "DecideForm",
    "DomainForm",
    "EditionForm",
    "FrameworkForm",
    "IndicatorForm",
    "LevelsForm",
    "ProfileForm",
    "ReadLevelsForm",
    "SplitForm",
    "lines_of",
    "usual_lines",
]
