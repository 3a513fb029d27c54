"""What the pages of coaching show, put together from queries."""

from ldtrack.coaching.pages.agreements import agreement_page, writing_page
from ldtrack.coaching.pages.appointments import appointment_beginning, planned_appointment
from ldtrack.coaching.pages.bringing import (
    BringTogetherPage,
    coaches_to_choose_from,
    known_of,
    leader_to_coach,
    leaders_to_coach,
)
from ldtrack.coaching.pages.changing import ChangeCoachPage, change_coach_page
from ldtrack.coaching.pages.leader import CoachingPage, leader_page, own_page
from ldtrack.coaching.pages.milestone import MilestonePage, change_page, milestone_page
from ldtrack.coaching.pages.overview import engagement_page, engagements_page
from ldtrack.coaching.pages.presenting import PresentingPage, presenting_page
from ldtrack.coaching.pages.proposals import ProposalPage, proposal_page
from ldtrack.coaching.pages.record import own_record
from ldtrack.coaching.pages.session import (
    CorrectionPage,
    SessionPage,
    correction_page,
    session_page,
)

__all__ = [
    "BringTogetherPage",
    "ChangeCoachPage",
    "CoachingPage",
    "CorrectionPage",
    "MilestonePage",
    "PresentingPage",
    "ProposalPage",
    "SessionPage",
    "agreement_page",
    "appointment_beginning",
    "change_coach_page",
    "change_page",
    "coaches_to_choose_from",
    "correction_page",
    "engagement_page",
    "engagements_page",
    "known_of",
    "leader_page",
    "leader_to_coach",
    "leaders_to_coach",
    "milestone_page",
    "own_page",
    "own_record",
    "planned_appointment",
    "presenting_page",
    "proposal_page",
    "session_page",
    "writing_page",
]
