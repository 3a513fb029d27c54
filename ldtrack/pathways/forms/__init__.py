"""Forms of pathways: their design, and the people on them."""

from ldtrack.pathways.forms.design import (
    DescribePathwayForm,
    GateForm,
    NewPathwayForm,
    StageForm,
)
from ldtrack.pathways.forms.people import EndForm, EnrolForm, WaiveForm
from ldtrack.pathways.forms.steps import StepForm, step_form

__all__ = [
    "DescribePathwayForm",
    "EndForm",
    "EnrolForm",
    "GateForm",
    "NewPathwayForm",
    "StageForm",
    "StepForm",
    "WaiveForm",
    "step_form",
]
