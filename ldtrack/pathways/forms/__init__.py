"""Forms of pathways: their design, and the people on them."""

from ldtrack.pathways.forms.closing import CloseForm
from ldtrack.pathways.forms.design import (
    DescribePathwayForm,
    GateForm,
    GroupForm,
    NewPathwayForm,
    StageForm,
)
from ldtrack.pathways.forms.needs import NeedForm, SettleForm
from ldtrack.pathways.forms.people import (
    ChangeEnrolmentForm,
    EndForm,
    EnrolForm,
    MoveForm,
    TellDoneForm,
    WaiveForm,
)
from ldtrack.pathways.forms.pilots import PilotForm, ReviewForm
from ldtrack.pathways.forms.steps import StepForm, step_form

__all__ = [
    "ChangeEnrolmentForm",
    "CloseForm",
    "DescribePathwayForm",
    "EndForm",
    "EnrolForm",
    "GateForm",
    "GroupForm",
    "MoveForm",
    "NeedForm",
    "NewPathwayForm",
    "PilotForm",
    "ReviewForm",
    "SettleForm",
    "StageForm",
    "StepForm",
    "TellDoneForm",
    "WaiveForm",
    "step_form",
]
