"""The forms of coaching; each gives back a frozen command."""

from ldtrack.coaching.forms.agreeing import AgreementForm, EngagementForm, MilestoneForm
from ldtrack.coaching.forms.session import CorrectForm, SessionForm, draft_lines

__all__ = [
    "AgreementForm",
    "CorrectForm",
    "EngagementForm",
    "MilestoneForm",
    "SessionForm",
    "draft_lines",
]
