"""Which forms evidence takes and where it comes from; how much each counts lives in `noise`."""

from __future__ import annotations

from enum import StrEnum


class EvidenceForm(StrEnum):
    """What an entry says, and so what may be computed from it."""

    GRADED = "graded"
    """A value on the scale, with a known noise."""
    PASSED = "passed"
    """Something pitched at a level was achieved."""
    FAILED = "failed"
    """Something pitched at a level was tried and not achieved."""
    EXPOSURE = "exposure"
    """The person took part; it is listed and moves nothing."""
    WITHDRAWN = "withdrawn"
    """The entry was taken back; a line without its value remains."""

    @property
    def is_threshold(self) -> bool:
        """Whether it speaks only about being above or below a level."""
        return self in (EvidenceForm.PASSED, EvidenceForm.FAILED)

    @property
    def moves_level(self) -> bool:
        """Whether a level is computed from it."""
        return self is EvidenceForm.GRADED or self.is_threshold

    @property
    def label(self) -> str:
        """The word people see."""
        return _FORM_LABELS[self]


_FORM_LABELS = {
    EvidenceForm.GRADED: "Rated",
    EvidenceForm.PASSED: "Achieved",
    EvidenceForm.FAILED: "Not achieved",
    EvidenceForm.EXPOSURE: "Took part",
    EvidenceForm.WITHDRAWN: "Withdrawn",
}


class SourceKind(StrEnum):
    """The kind of record that an entry was made from."""

    FEEDBACK_RELEASE = "feedback_release"
    """A released 360 result: the others' view, never the self rating."""
    COACH_RATING = "coach_rating"
    """A coach's rating against the anchors of the scale."""
    MILESTONE = "milestone"
    """A coaching milestone that was met or missed."""
    ASSIGNMENT_OUTCOME = "assignment_outcome"
    """What a stretch assignment brought, rated by its sponsor."""
    COURSE_ASSESSMENT = "course_assessment"
    """A test or graded piece of work in a course."""
    COURSE_COMPLETION = "course_completion"
    """Having attended or finished a course."""
    CERTIFICATE = "certificate"
    """A certificate that somebody outside awarded."""
    SELF_RATING = "self_rating"
    """The person's own view, shown beside the level and never inside it."""

    @property
    def label(self) -> str:
        """The words people see."""
        return _SOURCE_LABELS[self]


_SOURCE_LABELS = {
    SourceKind.FEEDBACK_RELEASE: "360 feedback",
    SourceKind.COACH_RATING: "Coach rating",
    SourceKind.MILESTONE: "Coaching milestone",
    SourceKind.ASSIGNMENT_OUTCOME: "Assignment outcome",
    SourceKind.COURSE_ASSESSMENT: "Course assessment",
    SourceKind.COURSE_COMPLETION: "Course completion",
    SourceKind.CERTIFICATE: "Certificate",
    SourceKind.SELF_RATING: "Self rating",
}
