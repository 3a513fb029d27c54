"""What can be read of coaching, by whom."""

from ldtrack.coaching.queries.actions import action_to_settle, actions_of, draft_of
from ldtrack.coaching.queries.agreements import (
    agreements_of,
    goals_agreed,
    own_versions,
    version,
    versions_of,
)
from ldtrack.coaching.queries.ahead import ahead_of
from ldtrack.coaching.queries.appointments import (
    appointment,
    appointments_of,
    counts_by_state,
    feed_behind,
    own_feed,
)
from ldtrack.coaching.queries.caseload import caseload
from ldtrack.coaching.queries.choices import (
    asked,
    asked_of,
    choices,
    chooses,
    own_choice,
    own_choices,
)
from ldtrack.coaching.queries.closing import closing_of, own_closings
from ldtrack.coaching.queries.coaches import coach_described, coaches, described_as
from ldtrack.coaching.queries.engagements import (
    counts_of,
    engagement,
    engagement_for,
    engagement_with_held,
    engagements,
    session_counts,
)
from ldtrack.coaching.queries.handed import handover_to, may_read_milestone, periods_of
from ldtrack.coaching.queries.holding import agreement_of, sponsor_sees
from ldtrack.coaching.queries.matching import coaches_for, own_strengths, said_by
from ldtrack.coaching.queries.milestones import (
    met,
    milestone_counts,
    milestones_for,
    milestones_of,
    steps_planned,
    without_day,
)
from ldtrack.coaching.queries.origins import goals_from
from ldtrack.coaching.queries.proposals import (
    milestone_to_change,
    milestones_with_proposals,
    proposal,
    proposals_of,
)
from ldtrack.coaching.queries.sessions import (
    held_with,
    held_with_own_note,
    own_note,
    own_private_notes,
    private_notes,
    session_held,
    sessions_of,
    with_own_notes,
)
from ldtrack.coaching.queries.signatures import (
    AGREEMENT,
    asked_to_sign,
    asks_why,
    own_signatures,
    signatures_asked_of,
    to_sign,
)
from ldtrack.coaching.queries.sponsored import sponsored

__all__ = [
    "AGREEMENT",
    "action_to_settle",
    "actions_of",
    "agreement_of",
    "agreements_of",
    "ahead_of",
    "appointment",
    "appointments_of",
    "asked",
    "asked_of",
    "asked_to_sign",
    "asks_why",
    "caseload",
    "choices",
    "chooses",
    "closing_of",
    "coach_described",
    "coaches",
    "coaches_for",
    "counts_by_state",
    "counts_of",
    "described_as",
    "draft_of",
    "engagement",
    "engagement_for",
    "engagement_with_held",
    "engagements",
    "feed_behind",
    "goals_agreed",
    "goals_from",
    "handover_to",
    "held_with",
    "held_with_own_note",
    "may_read_milestone",
    "met",
    "milestone_counts",
    "milestone_to_change",
    "milestones_for",
    "milestones_of",
    "milestones_with_proposals",
    "own_choice",
    "own_choices",
    "own_closings",
    "own_feed",
    "own_note",
    "own_private_notes",
    "own_signatures",
    "own_strengths",
    "own_versions",
    "periods_of",
    "private_notes",
    "proposal",
    "proposals_of",
    "said_by",
    "session_counts",
    "session_held",
    "sessions_of",
    "signatures_asked_of",
    "sponsor_sees",
    "sponsored",
    "steps_planned",
    "to_sign",
    "version",
    "versions_of",
    "with_own_notes",
    "without_day",
]
