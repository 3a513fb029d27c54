"""The review behind a mailed link, as long as everything that the link rests on still holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import people_of
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import EVERYWHERE, enter_organisation
from ldtrack.people.queries import here, people_named
from ldtrack.reviews.domain.kinds import Audience, ReviewState
from ldtrack.reviews.domain.rows import Sent, SentReview
from ldtrack.reviews.models import Review


def sent_review(session: Session, sent: Sent, now: datetime) -> SentReview:
    """The review, else `NotVisible`; enters its organisation, which is not known before.

    It is gone when the link's last day is over, when the leader took the yes back, and when the
    sponsorship ended.
    """
    row = session.scalars(
        select(Review).where(Review.id == sent.review_id), execution_options=EVERYWHERE
    ).first()
    if row is None:
        raise NotVisible
    enter_organisation(session, row.organisation_id)
    today = here(session, now).date()
    if today > sent.until:
        raise NotVisible
    shared = row.audience == Audience.SPONSOR and row.state == ReviewState.AGREED
    if not shared or not row.content_hash or row.sponsor_id != sent.sponsor_id:
        raise NotVisible
    if row.person_id not in people_of(session, sent.sponsor_id, RelationshipKind.SPONSOR, today):
        raise NotVisible
    names = people_named(session, {row.person_id, sent.sponsor_id})
    return SentReview(
        id=row.id,
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        person=names[row.person_id].name,
        sponsor=names[sent.sponsor_id].name,
        number=row.number,
        as_of=row.as_of,
        content_hash=row.content_hash,
        until=sent.until,
    )
