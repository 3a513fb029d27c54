"""The values that other rooms write to and read from the ledger; the tables live elsewhere."""

from ldtrack.evidence.domain.assessment import (
    Reading,
    reading_of_score,
    reading_of_test,
)
from ldtrack.evidence.domain.entry import Entry, refuse_future
from ldtrack.evidence.domain.kinds import EvidenceForm, SourceKind
from ldtrack.evidence.domain.noise import (
    ASSESSED_SCORE_NOISE,
    CERTIFICATE_NOISE,
    COURSE_TEST_NOISE,
    MILESTONE_NOISE,
    noise_of_coach_ratings,
    noise_of_feedback,
    outcome_noise,
    rounding_noise,
)
from ldtrack.evidence.domain.scale import Scale

__all__ = [
    "ASSESSED_SCORE_NOISE",
    "CERTIFICATE_NOISE",
    "COURSE_TEST_NOISE",
    "MILESTONE_NOISE",
    "Entry",
    "EvidenceForm",
    "Reading",
    "Scale",
    "SourceKind",
    "noise_of_coach_ratings",
    "noise_of_feedback",
    "outcome_noise",
    "reading_of_score",
    "reading_of_test",
    "refuse_future",
    "rounding_noise",
]
