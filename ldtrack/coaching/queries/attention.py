"""How many engagements want HR's attention; numbers only, whoever they are about."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Select, exists, func, literal, select

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.models import Agreement, CoachingSession, Engagement
from ldtrack.coaching.queries.engagements import readable

RUNNING = "engagements that run"
WITHOUT_AGREEMENT = "engagements without an agreement"
SILENT = "engagements that are silent"
SILENT_AFTER = timedelta(days=60)


def figures(actor: Actor, today: date) -> tuple[Select[str, int], ...]:
    """Statements for a word and a count each, to be asked together with those of other rooms."""
    since = today - SILENT_AFTER
    agreed = exists().where(Agreement.engagement_id == Engagement.id)
    heard = exists().where(
        CoachingSession.engagement_id == Engagement.id, CoachingSession.held_on >= since
    )
    running = Engagement.ends_on.is_(None) & readable(actor, Action.OPEN_ENGAGEMENT)
    count = func.count(Engagement.id)
    return (
        select(literal(RUNNING), count).where(running),
        select(literal(WITHOUT_AGREEMENT), count).where(running, ~agreed),
        select(literal(SILENT), count).where(running, Engagement.starts_on < since, ~heard),
    )
