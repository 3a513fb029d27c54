"""Tables of coaching."""

from ldtrack.coaching.models.agreeing import (
    Agreement,
    CoachProfile,
    Engagement,
    Milestone,
    MilestoneOrigin,
    MilestoneProposal,
)
from ldtrack.coaching.models.appointments import Appointment, CalendarFeed
from ldtrack.coaching.models.sessions import (
    CoachingAction,
    CoachingSession,
    PrivateNote,
    SessionCompetency,
    SessionDraft,
    SessionNote,
)

__all__ = [
    "Agreement",
    "Appointment",
    "CalendarFeed",
    "CoachProfile",
    "CoachingAction",
    "CoachingSession",
    "Engagement",
    "Milestone",
    "MilestoneOrigin",
    "MilestoneProposal",
    "PrivateNote",
    "SessionCompetency",
    "SessionDraft",
    "SessionNote",
]
