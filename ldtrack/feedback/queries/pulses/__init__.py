"""Reading pulses: as HR runs them, as people answer them, and their results."""

from ldtrack.feedback.queries.pulses.answering import (
    OpenPulse,
    asked_pulses,
    by_token,
    given,
    own_token,
)
from ldtrack.feedback.queries.pulses.results import (
    FollowUp,
    PulseOutcome,
    follow_up,
    follow_ups,
    outcome,
    outcomes_for,
    process_outcomes,
    series,
)
from ldtrack.feedback.queries.pulses.running import (
    how_many_answered,
    invitation_ids,
    invited,
    pulse,
    pulses,
    require_pulses,
    row_of,
)

__all__ = [
    "FollowUp",
    "OpenPulse",
    "PulseOutcome",
    "asked_pulses",
    "by_token",
    "follow_up",
    "follow_ups",
    "given",
    "how_many_answered",
    "invitation_ids",
    "invited",
    "outcome",
    "outcomes_for",
    "own_token",
    "process_outcomes",
    "pulse",
    "pulses",
    "require_pulses",
    "row_of",
    "series",
]
