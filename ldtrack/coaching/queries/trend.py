"""What a coach did over time, for the coach alone: sessions, and milestones judged in them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import MilestoneState
from ldtrack.coaching.domain.trend import HeldSession, JudgedMilestone, OwnTrend
from ldtrack.coaching.models import CoachingSession, Engagement, Milestone


def own_trend(session: Session, actor: Actor, since: date) -> OwnTrend:
    """The actor's own sessions since a day, and the milestones that were met or missed in them.

    Also of coaching that ended: days, lengths and numbers, nothing that was said. Two statements.
    """
    own = policy.clause(actor, Action.READ_OWN_TREND, owner_id=Engagement.coach_id)
    held = session.execute(
        select(CoachingSession.held_on, CoachingSession.minutes, Engagement.person_id)
        .join(Engagement, Engagement.id == CoachingSession.engagement_id)
        .where(own, CoachingSession.held_on >= since)
        .order_by(CoachingSession.held_on, CoachingSession.id)
    )
    judged = session.execute(
        select(Milestone.id, Milestone.person_id, Milestone.state, CoachingSession.held_on)
        .join(CoachingSession, CoachingSession.id == Milestone.moved_in_id)
        .join(Engagement, Engagement.id == CoachingSession.engagement_id)
        .where(own, CoachingSession.held_on >= since)
        .order_by(CoachingSession.held_on, Milestone.id)
    )
    return OwnTrend(
        sessions=tuple(
            HeldSession(on=on, minutes=minutes, person_id=person_id)
            for on, minutes, person_id in held
        ),
        milestones=tuple(
            JudgedMilestone(id=id_, person_id=person_id, on=on, met=state == MilestoneState.MET)
            for id_, person_id, state, on in judged
        ),
    )
