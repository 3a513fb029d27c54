"""Lists of reviews and single ones; who may open what is in them is decided row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import names_of
from ldtrack.reviews.domain.codec import from_dict
from ldtrack.reviews.domain.document import EarlierReview, ReviewDocument
from ldtrack.reviews.domain.kinds import Audience, Part, ReviewState
from ldtrack.reviews.domain.rows import ReviewRow
from ldtrack.reviews.models import Review

MOST = 100
_SHARED = and_(
    Review.audience == Audience.SPONSOR,
    Review.state == ReviewState.AGREED,
    Review.content_hash != "",
)


def reviews_of(session: Session, actor: Actor, person_id: int) -> list[ReviewRow]:
    """A person's reviews that the actor may know of, newest first.

    HR knows that they exist, without opening them.
    """
    return _rows(session, actor, _wanted(actor).where(Review.person_id == person_id))


def review(session: Session, actor: Actor, review_id: int) -> ReviewRow:
    """One that the actor may know of, else `NotVisible`."""
    found = _rows(session, actor, _wanted(actor).where(Review.id == review_id))
    if not found:
        raise NotVisible
    return found[0]


def shared_with(session: Session, actor: Actor) -> list[ReviewRow]:
    """What leaders agreed to show to the actor as their sponsor, newest first."""
    sponsored = Review.person_id.in_(sorted(actor.sponsors))
    return _rows(session, actor, _wanted(actor).where(sponsored, _SHARED))


def earlier_reviews(
    session: Session, person_id: int, audience: Audience
) -> tuple[EarlierReview, ...]:
    """Reviews of the same kind that were printed before, newest first.

    For a review of the same person; numbers and days alone.
    """
    rows = session.execute(
        select(Review.number, Review.as_of)
        .where(
            Review.person_id == person_id, Review.audience == audience, Review.content_hash != ""
        )
        .order_by(Review.as_of.desc(), Review.number)
        .limit(MOST)
    )
    return tuple(EarlierReview(number=number, as_of=as_of) for number, as_of in rows)


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be printed: the frozen document, and what the leader said to it."""

    document: ReviewDocument
    agreed_on: date | None
    note: str


def order(session: Session, review_id: int) -> Order | None:
    """What the printing job needs; None once the review is gone or has its file."""
    row = session.get(Review, review_id)
    if row is None or row.content_hash:
        return None
    return Order(document=from_dict(row.snapshot), agreed_on=row.agreed_on, note=row.note)


def parts_of(session: Session, review_id: int) -> tuple[Part, ...]:
    """What an edition may hold; for a review that the actor may open."""
    row = session.get(Review, review_id)
    return from_dict(row.snapshot).parts if row else ()


def _wanted(actor: Actor) -> Select[Review]:
    """Readable ones, and those that the actor could have asked for."""
    return (
        select(Review)
        .where(or_(readable(actor), policy.clause(actor, Action.MAKE_REVIEW, person_id=_PERSON)))
        .order_by(Review.requested_on.desc(), Review.as_of.desc(), Review.number)
        .limit(MOST)
    )


def readable(actor: Actor) -> ColumnElement[bool]:
    """The clause for reviews that the actor may open."""
    return policy.clause(actor, Action.READ_REVIEW, person_id=_PERSON, agreed=_SHARED)


_PERSON = Review.person_id


def _rows(session: Session, actor: Actor, wanted: Select[Review]) -> list[ReviewRow]:
    found = session.scalars(wanted).all()
    names = names_of(session, {who for row in found for who in (row.person_id, row.sponsor_id)})
    return [
        ReviewRow(
            id=row.id,
            person_id=row.person_id,
            person=names[row.person_id],
            sponsor_id=row.sponsor_id,
            sponsor=names.get(row.sponsor_id, _nobody(row)),
            audience=Audience(row.audience),
            as_of=row.as_of,
            state=ReviewState(row.state),
            number=row.number,
            content_hash=row.content_hash,
            requested_on=row.requested_on,
            agreed_on=row.agreed_on,
            note=row.note,
            may_open=policy.permits(actor, Action.READ_REVIEW, facts_of(row)),
        )
        for row in found
    ]


def _nobody(row: Review) -> str:
    return "A former sponsor" if row.audience == Audience.SPONSOR else ""


def facts_of(row: Review) -> Facts:
    """What policy knows about a review."""
    shared = row.audience == Audience.SPONSOR and row.state == ReviewState.AGREED
    return Facts(
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        agreed=shared and row.content_hash != "",
    )
