"""The running coaching in which somebody may set milestones with a leader."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.models import Engagement


def running_engagement(session: Session, actor: Actor, person_id: int) -> Engagement | None:
    """The actor's with the person, or the latest of their own; `None` without one.

    `NotVisible` or `NotAllowed` for who may set the person no milestones.
    """
    # What is set now is the actor's own, whoever coached the person before.
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=person_id,
        author_id=actor.person_id,
        owner_id=actor.person_id,
    )
    policy.require_visible(actor, Action.READ_MILESTONE, facts)
    policy.require(actor, Action.WRITE_MILESTONE, facts)
    return session.scalars(
        select(Engagement)
        .where(
            Engagement.person_id == person_id,
            or_(Engagement.coach_id == actor.person_id, Engagement.person_id == actor.person_id),
            Engagement.ends_on.is_(None),
        )
        .order_by(Engagement.starts_on.desc(), Engagement.id)
        .limit(1)
    ).first()
