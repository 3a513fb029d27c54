"""How much of a piece of evidence the actor is told."""

from __future__ import annotations

from ldtrack.coaching.domain import SponsorSees
from ldtrack.dashboards.pages.subject import Subject
from ldtrack.evidence.domain import SourceKind

_AGREED_AS = {
    SourceKind.FEEDBACK_RELEASE: SponsorSees.FEEDBACK,
    SourceKind.COACH_RATING: SponsorSees.MILESTONES,
    SourceKind.MILESTONE: SponsorSees.MILESTONES,
    SourceKind.ASSIGNMENT_OUTCOME: SponsorSees.OUTCOMES,
    SourceKind.COURSE_ASSESSMENT: SponsorSees.PROGRESS,
    SourceKind.COURSE_COMPLETION: SponsorSees.PROGRESS,
    SourceKind.CERTIFICATE: SponsorSees.PROGRESS,
    SourceKind.SELF_RATING: SponsorSees.FEEDBACK,
}


def is_told(subject: Subject, kind: SourceKind) -> bool:
    """Whether title and value may be shown; a sponsor was promised them one by one."""
    return subject.sees(_AGREED_AS[kind])


def told_kinds(subject: Subject) -> frozenset[SourceKind]:
    """The kinds of evidence that may be told piece by piece."""
    return frozenset(kind for kind in SourceKind if is_told(subject, kind))
