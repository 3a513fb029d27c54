"""How many engagements want HR's attention; numbers only, whoever they are about."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import NOT_AGREED, MilestoneState
from ldtrack.coaching.domain.agreements import HOLDS
from ldtrack.coaching.domain.coaches import ENDS_SOON
from ldtrack.coaching.models import (
    Agreement,
    CoachingSession,
    CoachProfile,
    Engagement,
    Milestone,
)
from ldtrack.coaching.queries.engagements import readable
from ldtrack.people.queries import has_left

RUNNING = "engagements that run"
WITHOUT_AGREEMENT = "engagements without an agreement"
SILENT = "engagements that are silent"
ACCREDITATIONS = "accreditations that end soon or ended"
UNLOGGED = "planned sessions that were not logged"
SILENT_AFTER = timedelta(days=60)


def figures(actor: Actor, today: date) -> tuple[Select[str, int], ...]:
    """Statements for a word and a count each, to be asked together with those of other rooms."""
    since = today - SILENT_AFTER
    agreed = exists().where(Agreement.engagement_id == Engagement.id, Agreement.state.in_(HOLDS))
    heard = exists().where(
        CoachingSession.engagement_id == Engagement.id, CoachingSession.held_on >= since
    )
    later = aliased(CoachingSession)
    followed = exists().where(
        later.engagement_id == Engagement.id, later.held_on > CoachingSession.held_on
    )
    overdue = exists().where(
        CoachingSession.engagement_id == Engagement.id, CoachingSession.next_on < today, ~followed
    )
    met = exists().where(CoachingSession.engagement_id == Engagement.id)
    running = Engagement.ends_on.is_(None) & readable(actor, Action.OPEN_ENGAGEMENT)
    count = func.count(Engagement.id)
    return (
        select(literal(ACCREDITATIONS), func.count(CoachProfile.id)).where(
            CoachProfile.expires_on <= today + ENDS_SOON,
            ~has_left(CoachProfile.person_id),
            policy.clause(actor, Action.OPEN_ENGAGEMENT, person_id=CoachProfile.person_id),
        ),
        select(literal(RUNNING), count).where(running),
        select(literal(WITHOUT_AGREEMENT), count).where(running, ~agreed),
        select(literal(SILENT), count).where(running, Engagement.starts_on < since, ~heard),
        select(literal(UNLOGGED), count).where(
            running, or_(overdue, and_(Engagement.first_on < today, ~met))
        ),
    )


def developed() -> Select[int]:
    """The competencies that an agreed milestone is about, as a part of another room's statement."""
    return select(Milestone.competency_id).where(
        Milestone.state.not_in((MilestoneState.DROPPED, *NOT_AGREED))
    )
