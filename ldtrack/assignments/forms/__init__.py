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
from ldtrack.assignments.forms.posting import PostingForm, posting_form

__all__ = [
    "NOT_SEEN",
    "ApplyForm",
    "DebriefForm",
    "DeclineForm",
    "EndForm",
    "OfferForm",
    "OutcomeForm",
    "PeerForm",
    "PlaceForm",
    "PostingForm",
    "SupportForm",
    "WordForm",
    "debrief_form",
    "outcome_form",
    "posting_form",
]
