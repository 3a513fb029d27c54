"""What coaching holds ahead for a leader: the next session and what they promised until then."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import ActionAhead, CoachingAhead
from ldtrack.coaching.models import CoachingAction, Engagement
from ldtrack.coaching.queries.caseload import next_session_on, sessions_held
from ldtrack.coaching.queries.engagements import readable


def ahead_of(session: Session, actor: Actor, person_id: int) -> CoachingAhead | None:
    """The person's latest running coaching that the actor takes part in, in one statement.

    A planned session that was not logged yet stays the next one.
    """
    promised = and_(
        CoachingAction.engagement_id == Engagement.id,
        CoachingAction.owner_id == Engagement.person_id,
        CoachingAction.done_on.is_(None),
    )
    rows = session.execute(
        select(
            Engagement,
            next_session_on(),
            sessions_held(),
            func.coalesce(CoachingAction.id, 0),
            CoachingAction.text,
            CoachingAction.due_on,
        )
        .outerjoin(CoachingAction, promised)
        .where(Engagement.person_id == person_id, Engagement.ends_on.is_(None), readable(actor))
        .order_by(
            Engagement.starts_on.desc(),
            Engagement.id,
            CoachingAction.due_on.is_(None),
            CoachingAction.due_on,
            CoachingAction.id,
        )
    ).all()
    if not rows:
        return None
    latest, next_on, n_held, *_ = rows[0]
    return CoachingAhead(
        engagement_id=latest.id,
        next_on=next_on if n_held else latest.first_on,
        actions=tuple(
            ActionAhead(id=action_id, text=text, due_on=due_on)
            for one, _, _, action_id, text, due_on in rows
            # No action, no id: ids begin at 1.
            if action_id and one is latest
        ),
    )
