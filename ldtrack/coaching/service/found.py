"""Finding the rows that a verb is about, and the right to touch them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.models import CoachingSession, Engagement
from ldtrack.coaching.queries.engagements import readable
from ldtrack.core.errors import Conflict, NotVisible


def engagement_to_log(session: Session, actor: Actor, engagement_id: int) -> Engagement:
    """The running engagement in which the actor is the coach.

    `NotVisible` for who takes no part in it, `NotAllowed` for the leader, `Conflict` once it is
    over.
    """
    one = session.scalars(
        select(Engagement).where(Engagement.id == engagement_id, readable(actor))
    ).first()
    if one is None:
        raise NotVisible
    policy.require(actor, Action.LOG_SESSION, facts_of(actor, one))
    if one.ends_on is not None:
        raise Conflict("This coaching has ended, so nothing can be added to it.")
    return one


def session_to_change(
    session: Session, actor: Actor, session_id: int
) -> tuple[CoachingSession, Engagement]:
    """A session of such an engagement, with it; refused in the same ways."""
    held = session.get(CoachingSession, session_id)
    if held is None:
        raise NotVisible
    return held, engagement_to_log(session, actor, held.engagement_id)


def facts_of(actor: Actor, one: Engagement, *, party: bool = False) -> Facts:
    """What the policy may know of an engagement: whom it is about, and whose it is."""
    return Facts(
        organisation_id=actor.organisation_id,
        person_id=one.person_id,
        owner_id=one.coach_id,
        party=party,
    )
