"""What of assignments waits for somebody, at a glance; who has to do it reads more elsewhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import DebriefKind, PlacementState, PostingState
from ldtrack.assignments.models import (
    Debrief,
    Outcome,
    Placement,
    Posting,
    PostingCompetency,
)
from ldtrack.assignments.queries.postings import is_open_on
from ldtrack.assignments.queries.visible import is_over, may

APPLICATIONS = "applications without an answer"
PROPOSALS = "openings that wait for HR"
WITHOUT_PROOF = "assignments without a proved outcome"


def without_debrief(session: Session, actor: Actor, today: date) -> dict[int, list[str]]:
    """Titles of placements that are over and that the leader has not looked back on, by person.

    Those that the actor may see: for a coach, their leaders'. One statement.
    """
    held = exists().where(
        Debrief.placement_id == Placement.id,
        Debrief.kind == DebriefKind.LEADER,
        Debrief.held_on.is_not(None),
    )
    found: dict[int, list[str]] = {}
    for person_id, title in session.execute(
        select(Placement.person_id, Posting.title)
        .join(Posting, Posting.id == Placement.posting_id)
        .where(may(actor, Action.READ_PLACEMENT), is_over(today), ~held)
        .order_by(Placement.ends_on, Posting.title, Placement.id)
    ):
        found.setdefault(person_id, []).append(title)
    return found


def figures(actor: Actor, today: date) -> tuple[Select[str, int], ...]:
    """Statements for a word and a count each, to be asked together with those of other rooms."""
    visible = may(actor, Action.READ_PLACEMENT)
    unproved = or_(Outcome.id.is_(None), Outcome.proof == "")
    return (
        select(literal(PROPOSALS), func.count(Posting.id)).where(
            Posting.state == PostingState.PROPOSED, policy.clause(actor, Action.WRITE_POSTING)
        ),
        select(literal(APPLICATIONS), func.count(Placement.id))
        .join(Posting, Posting.id == Placement.posting_id)
        .where(visible, Placement.state == PlacementState.PROPOSED),
        select(literal(WITHOUT_PROOF), func.count(Placement.id))
        .join(Posting, Posting.id == Placement.posting_id)
        .outerjoin(Outcome, Outcome.placement_id == Placement.id)
        .where(visible, is_over(today), unproved),
    )


def developed(today: date) -> Select[int]:
    """The competencies that an open posting develops, as a part of another room's statement."""
    return (
        select(PostingCompetency.competency_id)
        .join(Posting, Posting.id == PostingCompetency.posting_id)
        .where(is_open_on(today))
    )
