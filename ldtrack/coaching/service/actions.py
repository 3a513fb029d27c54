"""Saying what became of what was promised."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import ActionState, SettleAction
from ldtrack.coaching.domain.handover import Handed
from ldtrack.coaching.models import CoachingAction, Engagement
from ldtrack.coaching.queries.engagements import readable
from ldtrack.core.errors import NotVisible, RuleBroken


def finish_action(session: Session, actor: Actor, action_id: int, *, now: datetime) -> int:
    """Tick an action as done today; one that is settled stays as it is. Returns whose coaching.

    A leader may tick their own, the coach any of the engagement.
    """
    action, person_id = _action(session, actor, action_id)
    if action.settled_on is None:
        action.state, action.settled_on = ActionState.DONE, now.date()
        session.flush()
    return person_id


def settle_action(
    session: Session, actor: Actor, action_id: int, command: SettleAction, *, now: datetime
) -> int:
    """Say what became of an action, in one of five states. Returns whose coaching it is.

    What was changed or dropped needs a word on it, else `RuleBroken`. The day stays on which it
    was settled first; opened again it has none.
    """
    action, person_id = _action(session, actor, action_id)
    if command.state.needs_a_word and not command.word:
        raise RuleBroken("word", "Say in a few words what happened.")
    action.state, action.word = command.state, command.word
    if not command.state.is_settled:
        action.settled_on = action.settled_in_id = None
    elif action.settled_on is None:
        action.settled_on = now.date()
    session.flush()
    return person_id


def open_action(session: Session, actor: Actor, action_id: int) -> int:
    """Take the tick back. Returns whose coaching it is."""
    action, person_id = _action(session, actor, action_id)
    action.state, action.settled_on, action.settled_in_id = ActionState.OPEN, None, None
    session.flush()
    return person_id


def _action(session: Session, actor: Actor, action_id: int) -> tuple[CoachingAction, int]:
    found = session.execute(
        select(CoachingAction, Engagement.person_id)
        .join(Engagement, Engagement.id == CoachingAction.engagement_id)
        .where(CoachingAction.id == action_id, readable(actor, part=Handed.ACTIONS))
    ).first()
    if found is None:
        raise NotVisible
    action, person_id = found
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, owner_id=action.owner_id
    )
    policy.require(actor, Action.WRITE_COACHING_ACTION, facts)
    return action, person_id
