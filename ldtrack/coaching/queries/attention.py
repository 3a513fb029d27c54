"""How many engagements want HR's attention; numbers only, whoever they are about."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import EngagementsAtAGlance
from ldtrack.coaching.models import Agreement, CoachingSession, Engagement
from ldtrack.coaching.queries.engagements import readable

SILENT_AFTER = timedelta(days=60)


def engagements_at_a_glance(session: Session, actor: Actor, today: date) -> EngagementsAtAGlance:
    """Running engagements, those without an agreement, and those silent for sixty days."""
    since = today - SILENT_AFTER
    agreed = exists().where(Agreement.engagement_id == Engagement.id)
    heard = exists().where(
        CoachingSession.engagement_id == Engagement.id, CoachingSession.held_on >= since
    )
    silent = (Engagement.starts_on < since) & ~heard
    row = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((~agreed, 1), else_=0)), 0),
            func.coalesce(func.sum(case((silent, 1), else_=0)), 0),
        )
        .select_from(Engagement)
        .where(Engagement.ends_on.is_(None), readable(actor, Action.OPEN_ENGAGEMENT))
    ).one()
    n_running, n_without_agreement, n_silent = row
    return EngagementsAtAGlance(
        n_running=n_running,
        n_without_agreement=int(n_without_agreement),
        n_silent=int(n_silent),
    )
