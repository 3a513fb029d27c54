"""The parts that hang on a session: competencies, actions done and actions promised."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import ActionState, NewAction
from ldtrack.coaching.domain.handover import Handed
from ldtrack.coaching.models import (
    CoachingAction,
    CoachingSession,
    Engagement,
    SessionCompetency,
)
from ldtrack.coaching.queries.engagements import readable
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import NotVisible, RuleBroken


def set_competencies(
    session: Session, held: CoachingSession, competency_ids: Collection[int]
) -> None:
    """Say what the session was about, in place of what was said before."""
    wanted = list(dict.fromkeys(competency_ids))
    if len(competencies_named(session, wanted)) != len(wanted):
        raise NotVisible
    session.execute(delete(SessionCompetency).where(SessionCompetency.session_id == held.id))
    session.add_all(
        SessionCompetency(session_id=held.id, competency_id=competency_id)
        for competency_id in wanted
    )
    session.flush()


def finish_actions(
    session: Session, actor: Actor, held: CoachingSession, action_ids: Collection[int]
) -> None:
    """Tick open actions of the two, or that were handed over, as done in this session."""
    wanted = set(action_ids)
    one = session.get_one(Engagement, held.engagement_id)
    found = session.scalars(
        select(CoachingAction)
        .join(Engagement, Engagement.id == CoachingAction.engagement_id)
        .where(
            CoachingAction.id.in_(sorted(wanted)),
            CoachingAction.settled_on.is_(None),
            Engagement.person_id == one.person_id,
            readable(actor, part=Handed.ACTIONS),
        )
    ).all()
    if len(found) != len(wanted):
        raise RuleBroken("actions_done", "That action has been settled already.")
    for action in found:
        action.state = ActionState.DONE
        action.settled_on, action.settled_in_id = held.held_on, held.id
    session.flush()


def promise(
    session: Session, held: CoachingSession, one: Engagement, actions: Iterable[NewAction]
) -> None:
    """Store what coach and leader promised each other in this session."""
    for action in actions:
        if action.owner_id not in (one.coach_id, one.person_id):
            raise NotVisible
        if not action.text:
            raise RuleBroken("new_actions", "Say what is to be done.")
        if action.due_on is not None and action.due_on < held.held_on:
            raise RuleBroken("new_actions", "An action cannot be due before the session.")
        session.add(
            CoachingAction(
                engagement_id=one.id,
                owner_id=action.owner_id,
                text=action.text,
                promised_on=held.held_on,
                due_on=action.due_on,
                session_id=held.id,
            )
        )
    session.flush()
