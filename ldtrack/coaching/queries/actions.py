"""Actions that coach and leader promised, and a coach's begun session form."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import FORMER_COACH, ActionRow, ActionState, DraftRow
from ldtrack.coaching.domain.handover import Handed
from ldtrack.coaching.models import CoachingAction, Engagement, SessionDraft
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.queries.sealed import opened_draft
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import name_of


def actions_of(session: Session, actor: Actor, person_id: int) -> list[ActionRow]:
    """What was promised in the person's coaching that the actor takes part in, open ones first."""
    found = session.execute(
        select(CoachingAction, name_of(CoachingAction.owner_id))
        .join(Engagement, Engagement.id == CoachingAction.engagement_id)
        .where(Engagement.person_id == person_id, readable(actor, part=Handed.ACTIONS))
        .order_by(
            CoachingAction.settled_on.is_not(None),
            CoachingAction.due_on.is_(None),
            CoachingAction.due_on,
            CoachingAction.promised_on,
            CoachingAction.id,
        )
    )
    return [_row(one, owner) for one, owner in found]


def action_to_settle(session: Session, actor: Actor, action_id: int) -> tuple[ActionRow, int]:
    """An action that the actor may settle, with whose coaching it is; else `NotVisible`."""
    found = session.execute(
        select(CoachingAction, name_of(CoachingAction.owner_id), Engagement.person_id)
        .join(Engagement, Engagement.id == CoachingAction.engagement_id)
        .where(CoachingAction.id == action_id, readable(actor, part=Handed.ACTIONS))
    ).first()
    if found is None:
        raise NotVisible
    action, owner, person_id = found
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, owner_id=action.owner_id
    )
    policy.require(actor, Action.WRITE_COACHING_ACTION, facts)
    return _row(action, owner), person_id


def _row(one: CoachingAction, owner: str | None) -> ActionRow:
    return ActionRow(
        id=one.id,
        engagement_id=one.engagement_id,
        owner_id=one.owner_id,
        owner=owner or FORMER_COACH,
        text=one.text,
        promised_on=one.promised_on,
        due_on=one.due_on,
        state=ActionState(one.state),
        word=one.word,
        settled_on=one.settled_on,
        session_id=one.session_id,
    )


def draft_of(session: Session, actor: Actor, engagement_id: int) -> DraftRow | None:
    """The session form that the actor began for this engagement, on whichever device."""
    found = session.scalars(
        select(SessionDraft).where(
            SessionDraft.engagement_id == engagement_id,
            policy.clause(actor, Action.READ_PRIVATE_NOTE, author_id=SessionDraft.author_id),
        )
    ).first()
    return None if found is None else opened_draft(session, found)
