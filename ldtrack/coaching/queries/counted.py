"""What is counted of an engagement, as a part of another statement."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, func, select

from ldtrack.coaching.models import CoachingSession, Engagement


def sessions_held() -> ScalarSelect[int]:
    """How many sessions of `Engagement` were held."""
    return (
        select(func.count())
        .select_from(CoachingSession)
        .where(CoachingSession.engagement_id == Engagement.id)
        .scalar_subquery()
    )
