"""Fills one leader's corner of an organisation with one of everything, each text marked."""

from __future__ import annotations

from ldtrack.coaching.domain import SponsorSees
from tests.infrastructure.furnish.assignments import stretch_assignments
from tests.infrastructure.furnish.coaching import coaching_that_ended, coaching_that_runs
from tests.infrastructure.furnish.corner import Corner
from tests.infrastructure.furnish.feedback import cycles
from tests.infrastructure.furnish.journal import journal
from tests.infrastructure.furnish.pathways import completed_course, pathway_with_enrolment
from tests.infrastructure.furnish.reviews import printed_reviews

__all__ = ["Corner", "coaching_that_ended", "furnish"]


def furnish(corner: Corner, *, agreed: frozenset[SponsorSees] | None) -> dict[str, int]:
    """One of everything; `agreed` is what the sponsor sees, None for no agreement at all.

    Returns the invitations to the open cycle by the key of the rater.
    """
    course_id = completed_course(corner)
    coaching_that_runs(corner, agreed)
    stretch_assignments(corner)
    pathway_with_enrolment(corner, course_id)
    journal(corner)
    invited = cycles(corner)
    printed_reviews(corner, with_sponsor=agreed is not None)
    return invited
