"""Finishing what was promised, and opening it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.models import CoachingAction, Engagement
from ldtrack.coaching.queries.engagements import readable
from ldtrack.core.errors import NotVisible


def finish_action(session: Session, actor: Actor, action_id: int, *, now: datetime) -> int:
    """Tick an action as done today; one that is done stays as it is. Returns whose coaching it is.

    A leader may tick their own, the coach any of the engagement.
    """
    action, person_id = _action(session, actor, action_id)
    if action.done_on is None:
        action.done_on = now.date()
        session.flush()
    return person_id


def open_action(session: Session, actor: Actor, action_id: int) -> int:
    """Take the tick back. Returns whose coaching it is."""
    action, person_id = _action(session, actor, action_id)
    action.done_on = action.done_in_id = None
    session.flush()
    return person_id


def _action(session: Session, actor: Actor, action_id: int) -> tuple[CoachingAction, int]:
    found = session.execute(
        select(CoachingAction, Engagement.person_id)
        .join(Engagement, Engagement.id == CoachingAction.engagement_id)
        .where(CoachingAction.id == action_id, readable(actor))
    ).first()
    if found is None:
        raise NotVisible
    action, person_id = found
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, owner_id=action.owner_id
    )
    policy.require(actor, Action.WRITE_COACHING_ACTION, facts)
    return action, person_id
