"""Fills one leader's corner of an organisation with one of everything, each text marked."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.coaching.domain import SponsorSees
from tests.infrastructure.furnish.assignments import stretch_assignments
from tests.infrastructure.furnish.coaching import (
    coaching_that_ended,
    coaching_that_runs,
    goal_from_a_report,
)
from tests.infrastructure.furnish.corner import Corner
from tests.infrastructure.furnish.courses import certificates, completed_course, told_elsewhere
from tests.infrastructure.furnish.feedback import cycles
from tests.infrastructure.furnish.frameworks import next_edition, own_framework
from tests.infrastructure.furnish.imports import files, long_lists
from tests.infrastructure.furnish.journal import journal
from tests.infrastructure.furnish.network import triads
from tests.infrastructure.furnish.pathways import (
    pathway_that_changed,
    pathway_with_enrolment,
    pathways_that_nobody_is_on,
)
from tests.infrastructure.furnish.people import planned_line, planned_move, question_about_oneself
from tests.infrastructure.furnish.pulses import pulses, question_back
from tests.infrastructure.furnish.reviews import printed_reviews
from tests.infrastructure.furnish.short import short_feedback

__all__ = ["Asked", "Corner", "coaching_that_ended", "furnish", "next_edition", "own_framework"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The invitations to what is open, by the key of the person: to the cycle and to the pulse."""

    cycle: dict[str, int]
    pulse: dict[str, int]


def furnish(corner: Corner, *, agreed: frozenset[SponsorSees] | None) -> Asked:
    """One of everything; `agreed` is what the sponsor sees, None for no agreement at all."""
    course_id = completed_course(corner)
    told_elsewhere(corner)
    certificates(corner, course_id)
    coaching_that_runs(corner, agreed)
    stretch_assignments(corner)
    pathway_with_enrolment(corner, course_id)
    pathway_that_changed(corner)
    pathways_that_nobody_is_on(corner)
    journal(corner)
    files(corner)
    long_lists(corner)
    planned_line(corner)
    planned_move(corner)
    question_about_oneself(corner)
    invited = cycles(corner)
    question_back(corner)
    goal_from_a_report(corner)
    short_feedback(corner)
    triads(corner)
    printed_reviews(corner, with_sponsor=agreed is not None)
    return Asked(cycle=invited, pulse=pulses(corner))
