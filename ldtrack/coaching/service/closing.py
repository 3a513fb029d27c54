"""Saying at the end of coaching what was aimed at, what came of it, and what is left."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain.agreements import PartyKind
from ldtrack.coaching.domain.closing import WriteClosing
from ldtrack.coaching.models import ClosingReview, Engagement
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.service.found import facts_of
from ldtrack.core.errors import NotVisible


def write_closing(
    session: Session, actor: Actor, engagement_id: int, command: WriteClosing, *, now: datetime
) -> None:
    """Say it for oneself, or say it anew; what the other one said stays as it is."""
    one = session.scalars(
        select(Engagement).where(
            Engagement.id == engagement_id, readable(actor, Action.WRITE_CLOSING)
        )
    ).first()
    if one is None:
        raise NotVisible
    policy.require(actor, Action.WRITE_CLOSING, facts_of(actor, one))
    kind = PartyKind.LEADER if one.person_id == actor.person_id else PartyKind.COACH
    row = session.scalars(
        select(ClosingReview).where(
            ClosingReview.engagement_id == one.id, ClosingReview.kind == kind
        )
    ).first()
    if row is None:
        row = ClosingReview(engagement_id=one.id, kind=kind)
        session.add(row)
    row.aimed, row.came, row.remains = command.aimed, command.came, command.remains
    row.written_at = now
    session.flush()
