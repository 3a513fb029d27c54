"""Tables of coaching."""

from ldtrack.coaching.models.agreeing import (
    CoachProfile,
    Engagement,
    Handover,
    Milestone,
    MilestoneOrigin,
    MilestoneProposal,
)
from ldtrack.coaching.models.appointments import Appointment, CalendarFeed
from ldtrack.coaching.models.choosing import CoachCandidate, CoachChoice, CoachChoiceFocus
from ldtrack.coaching.models.closing import ClosingReview
from ldtrack.coaching.models.matching import CoachConflict, CoachStrength
from ldtrack.coaching.models.sessions import (
    CoachingAction,
    CoachingSession,
    PrivateNote,
    SessionCompetency,
    SessionDraft,
    SessionNote,
)
from ldtrack.coaching.models.signing import Agreement, AgreementGoal, AgreementParty

__all__ = [
    "Agreement",
    "AgreementGoal",
    "AgreementParty",
    "Appointment",
    "CalendarFeed",
    "ClosingReview",
    "CoachCandidate",
    "CoachChoice",
    "CoachChoiceFocus",
    "CoachConflict",
    "CoachProfile",
    "CoachStrength",
    "CoachingAction",
    "CoachingSession",
    "Engagement",
    "Handover",
    "Milestone",
    "MilestoneOrigin",
    "MilestoneProposal",
    "PrivateNote",
    "SessionCompetency",
    "SessionDraft",
    "SessionNote",
]
