"""The values of coaching that other rooms and the floors above may use."""

from ldtrack.coaching.domain.caseload import CaseloadRow, by_need
from ldtrack.coaching.domain.commands import (
    Agree,
    CameFrom,
    CorrectSession,
    LogSession,
    NewAction,
    OpenEngagement,
    SetMilestone,
)
from ldtrack.coaching.domain.kinds import MilestoneState, NoteKind, SponsorSees
from ldtrack.coaching.domain.rows import (
    FORMER_COACH,
    ActionAhead,
    ActionRow,
    AgreementRow,
    CoachingAhead,
    DraftRow,
    EngagementCounts,
    EngagementRow,
    MilestoneRow,
    OriginRow,
    PrivateNoteRow,
    SessionCounts,
    SessionRow,
    SponsoredRow,
)

__all__ = [
    "FORMER_COACH",
    "ActionAhead",
    "ActionRow",
    "Agree",
    "AgreementRow",
    "CameFrom",
    "CaseloadRow",
    "CoachingAhead",
    "CorrectSession",
    "DraftRow",
    "EngagementCounts",
    "EngagementRow",
    "LogSession",
    "MilestoneRow",
    "MilestoneState",
    "NewAction",
    "NoteKind",
    "OpenEngagement",
    "OriginRow",
    "PrivateNoteRow",
    "SessionCounts",
    "SessionRow",
    "SetMilestone",
    "SponsorSees",
    "SponsoredRow",
    "by_need",
]
