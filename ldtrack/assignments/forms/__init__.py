"""The forms of assignments; each gives back a frozen command."""

from ldtrack.assignments.forms.looking_back import DebriefForm, PeerForm, debrief_form
from ldtrack.assignments.forms.outcome import NOT_SEEN, OutcomeForm, outcome_form
from ldtrack.assignments.forms.placing import (
    ApplyForm,
    DeclineForm,
    EndForm,
    OfferForm,
    PlaceForm,
    SupportForm,
    WordForm,
)
from ldtrack.assignments.forms.posting import PostingForm, form_from, posting_form
from ldtrack.assignments.forms.publishing import AnswerForm, CloseForm, OpenToForm, TemplateForm

__all__ = [
    "NOT_SEEN",
    "AnswerForm",
    "ApplyForm",
    "CloseForm",
    "DebriefForm",
    "DeclineForm",
    "EndForm",
    "OfferForm",
    "OpenToForm",
    "OutcomeForm",
    "PeerForm",
    "PlaceForm",
    "PostingForm",
    "SupportForm",
    "TemplateForm",
    "WordForm",
    "debrief_form",
    "form_from",
    "outcome_form",
    "posting_form",
]
