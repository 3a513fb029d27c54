"""Closing reviews: for the two who write them, and for a sponsor with whom that was agreed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import FORMER_COACH, SponsorSees
from ldtrack.coaching.domain.agreements import HOLDS, PartyKind
from ldtrack.coaching.domain.closing import Closing, ClosingRow
from ldtrack.coaching.models import Agreement, ClosingReview, Engagement
from ldtrack.coaching.queries.engagements import engagement_shown
from ldtrack.coaching.queries.holding import agreed_with, words_of
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import name_of


def closing_of(session: Session, actor: Actor, engagement_id: int) -> Closing:
    """What leader and coach said of one engagement; `NotVisible` for whom it does not concern."""
    one = session.get(Engagement, engagement_id)
    if one is None:
        raise NotVisible
    is_sponsor = one.person_id in actor.sponsors
    agreed = SponsorSees.CLOSING in _words(session, one, actor.person_id if is_sponsor else None)
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=one.person_id,
        owner_id=one.coach_id,
        agreed=agreed,
    )
    policy.require_visible(actor, Action.READ_CLOSING, facts)
    rows = session.scalars(
        select(ClosingReview)
        .where(ClosingReview.engagement_id == one.id)
        .order_by(ClosingReview.kind.desc())
    )
    return Closing(
        engagement=engagement_shown(session, one.id),
        said=tuple(_row(row) for row in rows),
        sponsor_reads=agreed,
    )


def own_closings(session: Session, actor: Actor) -> list[tuple[str, ClosingRow]]:
    """What was said at the end of the actor's own coaching, with the names of the coaches."""
    rows = session.execute(
        select(ClosingReview, name_of(Engagement.coach_id))
        .join(Engagement, Engagement.id == ClosingReview.engagement_id)
        .where(Engagement.person_id == (actor.person_id or 0))
        .order_by(Engagement.starts_on, Engagement.id, ClosingReview.kind.desc())
    )
    return [(coach or FORMER_COACH, _row(row)) for row, coach in rows]


def _row(row: ClosingReview) -> ClosingRow:
    return ClosingRow(
        kind=PartyKind(row.kind),
        aimed=row.aimed,
        came=row.came,
        remains=row.remains,
        written_at=row.written_at,
    )


def _words(session: Session, one: Engagement, sponsor_id: int | None) -> frozenset[SponsorSees]:
    """What the agreement of this engagement lets a sponsor see, or this sponsor."""
    with_them = [] if sponsor_id is None else [agreed_with(sponsor_id)]
    return words_of(
        session.scalar(
            select(Agreement.sponsor_sees)
            .where(Agreement.engagement_id == one.id, Agreement.state.in_(HOLDS), *with_them)
            .order_by(Agreement.agreed_on.desc(), Agreement.recorded_at.desc())
            .limit(1)
        )
    )
