"""What the printing job says about a review: it has its file, or it could not be made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.outbox.service import post
from ldtrack.people.queries import people_named
from ldtrack.reviews.domain.kinds import Audience, ReviewState
from ldtrack.reviews.domain.letters import Letter, ready_letter, shared_letter
from ldtrack.reviews.domain.rows import LINK_LASTS, Sent
from ldtrack.reviews.links import Links
from ldtrack.reviews.models import Review


def printed(
    session: Session,
    review_id: int,
    content_hash: str,
    *,
    was_agreed: bool,
    links: Links,
    now: datetime,
) -> None:
    """Give the review its file and write to whoever waits for it; twice does no harm.

    `was_agreed` says that the leader's yes stands in the file. If the answer changed while it was
    being printed, the file is none for this review: the answer left a job of its own, or there is
    nobody to print for.
    """
    review = session.get(Review, review_id, with_for_update=True)
    if review is None or review.content_hash or was_agreed != (review.agreed_on is not None):
        return
    review.content_hash = content_hash
    if review.state in (ReviewState.WAITING, ReviewState.FAILED):
        review.state = ReviewState.READY
    session.flush()
    _tell(session, review, links, now)


def not_printed(session: Session, review_id: int) -> None:
    """Say that it could not be made this time."""
    review = session.get(Review, review_id, with_for_update=True)
    if review is not None and review.state == ReviewState.WAITING:
        review.state = ReviewState.FAILED
    session.flush()


def _tell(session: Session, review: Review, links: Links, now: datetime) -> None:
    ids = {review.person_id, *([review.sponsor_id] if review.sponsor_id else [])}
    people = people_named(session, ids)
    leader = people[review.person_id]
    if review.state == ReviewState.AGREED and review.sponsor_id is not None:
        sent = Sent(
            review_id=review.id, sponsor_id=review.sponsor_id, until=now.date() + LINK_LASTS
        )
        sponsor = people[review.sponsor_id]
        letter = shared_letter(sponsor.name, leader.name, links.address(sent), sent.until)
        _post(session, sponsor.email, sponsor.name, letter, now)
    elif review.state == ReviewState.READY:
        page = f"{links.base_url}/reviews"
        letter = ready_letter(leader.name, Audience(review.audience), page)
        _post(session, leader.email, leader.name, letter, now)


def _post(session: Session, address: str, name: str, letter: Letter, now: datetime) -> None:
    if address:
        post(
            session,
            to_address=address,
            to_name=name,
            subject=letter.subject,
            body=letter.body,
            due_at=now,
        )
