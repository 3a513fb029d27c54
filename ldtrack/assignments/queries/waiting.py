"""What of assignments waits for somebody, at a glance; who has to do it reads more elsewhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy import case, exists, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import DebriefKind, PlacementState, WaitingCounts
from ldtrack.assignments.models import Debrief, Outcome, Placement, Posting
from ldtrack.assignments.queries.visible import is_over, may


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


def waiting_counts(session: Session, actor: Actor, today: date) -> WaitingCounts:
    """How many applications wait for an answer, and outcomes for proof; one statement."""
    proposed = Placement.state == PlacementState.PROPOSED
    unproved = is_over(today) & or_(Outcome.id.is_(None), Outcome.proof == "")
    row = session.execute(
        select(
            func.coalesce(func.sum(case((proposed, 1), else_=0)), 0),
            func.coalesce(func.sum(case((unproved, 1), else_=0)), 0),
        )
        .select_from(Placement)
        .join(Posting, Posting.id == Placement.posting_id)
        .outerjoin(Outcome, Outcome.placement_id == Placement.id)
        .where(may(actor, Action.READ_PLACEMENT))
    ).one()
    n_applications, n_outcomes = row
    return WaitingCounts(n_applications=int(n_applications), n_outcomes=int(n_outcomes))
