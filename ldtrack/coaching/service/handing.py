"""Handing over: the leader decides what a coach sees of coaching with those before them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.coaching.domain.handover import Handed
from ldtrack.coaching.models import Engagement, Handover
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.queries.handed import before
from ldtrack.core.errors import Conflict, NotVisible


def hand_over(
    session: Session,
    actor: Actor,
    engagement_id: int,
    parts: Collection[Handed],
    *,
    now: datetime,
) -> None:
    """Let the coach of a running engagement see these parts of earlier coaching, and no others.

    It counts from now on in place of what was decided before. The log says that it was decided,
    and not what. `NotVisible` for anybody but the leader, `Conflict` where nothing runs or nothing
    came before.
    """
    one = session.scalars(
        select(Engagement).where(Engagement.id == engagement_id, readable(actor, Action.HAND_OVER))
    ).first()
    if one is None:
        raise NotVisible
    if one.ends_on is not None:
        raise Conflict("This coaching has ended, so nothing can be handed over any more.")
    now_running = aliased(Engagement)
    earlier = session.scalars(
        select(Engagement.id).join(now_running, now_running.id == one.id).where(before(now_running))
    ).all()
    if not earlier:
        raise Conflict("There was no coaching with anybody else that could be handed over.")
    decided = {
        row.of_id: row
        for row in session.scalars(select(Handover).where(Handover.engagement_id == one.id))
    }
    for of_id in earlier:
        row = decided.get(of_id)
        if row is None:
            row = Handover(engagement_id=one.id, of_id=of_id)
            session.add(row)
        row.goals = Handed.GOALS in parts
        row.sessions = Handed.SESSIONS in parts
        row.actions = Handed.ACTIONS in parts
        row.decided_at = now
    session.flush()
    note(
        session,
        account_id=actor.account_id,
        action=Action.HAND_OVER,
        thing="engagement",
        thing_id=one.id,
        person_id=one.person_id,
        happened_at=now,
    )
