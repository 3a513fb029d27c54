"""The forms of coaching; each gives back a frozen command."""

from ldtrack.coaching.forms.actions import ActionForm
from ldtrack.coaching.forms.agreeing import (
    AgreementForm,
    DeclineForm,
    EngagementForm,
    MilestoneForm,
)
from ldtrack.coaching.forms.agreements import (
    RefusalForm,
    SignatureForm,
    VersionForm,
    WithdrawalForm,
)
from ldtrack.coaching.forms.appointments import AppointmentForm, CallOffForm, MissedForm
from ldtrack.coaching.forms.choosing import InviteForm
from ldtrack.coaching.forms.closing import ClosingForm
from ldtrack.coaching.forms.coaches import ApartForm, CoachForm, PresentForm, SoughtForm
from ldtrack.coaching.forms.handover import ChangeCoachForm, HandoverForm
from ldtrack.coaching.forms.notes import OwnNoteForm
from ldtrack.coaching.forms.session import CorrectForm, SessionForm, draft_lines

__all__ = [
    "ActionForm",
    "AgreementForm",
    "ApartForm",
    "AppointmentForm",
    "CallOffForm",
    "ChangeCoachForm",
    "ClosingForm",
    "CoachForm",
    "CorrectForm",
    "DeclineForm",
    "EngagementForm",
    "HandoverForm",
    "InviteForm",
    "MilestoneForm",
    "MissedForm",
    "OwnNoteForm",
    "PresentForm",
    "RefusalForm",
    "SessionForm",
    "SignatureForm",
    "SoughtForm",
    "VersionForm",
    "WithdrawalForm",
    "draft_lines",
]
