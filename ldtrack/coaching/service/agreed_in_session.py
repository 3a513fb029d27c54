"""Agreeing to what the leader proposed while a session is logged; it goes back with the session."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import MilestoneState
from ldtrack.coaching.models import CoachingSession, Engagement, Milestone, MilestoneProposal
from ldtrack.coaching.service.proposals import note_agreed
from ldtrack.coaching.service.telling import Told, tell_the_other
from ldtrack.core.errors import RuleBroken


def agree_in_session(
    session: Session,
    actor: Actor,
    held: CoachingSession,
    milestone_ids: tuple[int, ...],
    *,
    now: datetime,
    base_url: str,
) -> None:
    """Agree to what the leader proposed while a session is logged; it goes back with the session.

    `RuleBroken` for what is not proposed to the coach any more.
    """
    if not milestone_ids:
        return
    asked = session.scalars(
        select(Milestone)
        .where(
            Milestone.id.in_(sorted(milestone_ids)),
            Milestone.engagement_id == held.engagement_id,
            Milestone.state == MilestoneState.PROPOSED,
            _latest_by() != actor.person_id,
        )
        .with_for_update()
    ).all()
    if len(asked) != len(set(milestone_ids)):
        raise RuleBroken("milestones_agreed", "That milestone is not proposed to you any more.")
    one = session.get_one(Engagement, held.engagement_id)
    for milestone in asked:
        note_agreed(milestone, actor, now.date())
        milestone.answered_in_id = held.id
        tell_the_other(session, actor, one, Told.AGREED, now, base_url)
    session.flush()


def unanswer(session: Session, held: CoachingSession) -> tuple[int, ...]:
    """Let what was agreed in a session, and not moved since, be open again. Returns which."""
    found = session.scalars(
        select(Milestone).where(
            Milestone.answered_in_id == held.id, Milestone.state == MilestoneState.PLANNED
        )
    ).all()
    for milestone in found:
        milestone.state = MilestoneState.PROPOSED
        milestone.answered_by_id = milestone.answered_on = milestone.answered_in_id = None
    session.flush()
    return tuple(sorted(milestone.id for milestone in found))


def _latest_by() -> ScalarSelect[int | None]:
    return (
        select(MilestoneProposal.proposed_by_id)
        .where(MilestoneProposal.milestone_id == Milestone.id)
        .order_by(MilestoneProposal.turn.desc())
        .limit(1)
        .scalar_subquery()
    )
