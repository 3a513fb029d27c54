"""The leader's yes or no to a sponsor edition, and taking the yes back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note as audit_note
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.outbox.service import ask
from ldtrack.reviews.domain.kinds import Audience, ReviewState
from ldtrack.reviews.domain.rows import LONGEST_NOTE
from ldtrack.reviews.models import Review
from ldtrack.reviews.queries.reviews import facts_of
from ldtrack.reviews.service.asking import RENDER


def agree(session: Session, actor: Actor, review_id: int, note: str, *, now: datetime) -> None:
    """Say yes, with a word that is printed; the sponsor has it once it is printed anew."""
    review = _waiting(session, actor, review_id)
    if len(note) > LONGEST_NOTE:
        raise RuleBroken("note", f"Keep it to {LONGEST_NOTE:,} characters.")
    review.state = ReviewState.AGREED
    review.agreed_on = now.date()
    review.note = note
    review.content_hash = ""
    session.flush()
    ask(session, kind=RENDER, thing_id=review.id, due_at=now)
    _audit(session, actor, review, "agreed", now)


def refuse(session: Session, actor: Actor, review_id: int, *, now: datetime) -> None:
    """Say no; the sponsor is told only that nothing is shared."""
    review = _waiting(session, actor, review_id)
    review.state = ReviewState.REFUSED
    session.flush()
    _audit(session, actor, review, "refused", now)


def withdraw(session: Session, actor: Actor, review_id: int, *, now: datetime) -> None:
    """Take the yes back; page and link are closed to the sponsor from now on."""
    review = _own(session, actor, review_id)
    if review.state != ReviewState.AGREED:
        raise Conflict
    review.state = ReviewState.REFUSED
    review.agreed_on = None
    session.flush()
    _audit(session, actor, review, "withdrawn", now)


def _waiting(session: Session, actor: Actor, review_id: int) -> Review:
    review = _own(session, actor, review_id)
    if review.state != ReviewState.READY or review.sponsor_id is None:
        raise Conflict
    return review


def _own(session: Session, actor: Actor, review_id: int) -> Review:
    review = session.get(Review, review_id, with_for_update=True)
    if review is None or review.audience != Audience.SPONSOR:
        raise NotVisible
    policy.require_visible(actor, Action.READ_REVIEW, facts_of(review))
    policy.require(actor, Action.AGREE_TO_REVIEW, facts_of(review))
    return review


def _audit(session: Session, actor: Actor, review: Review, said: str, now: datetime) -> None:
    audit_note(
        session,
        account_id=actor.account_id,
        action=Action.AGREE_TO_REVIEW,
        thing="review",
        thing_id=review.id,
        person_id=review.person_id,
        reason=said,
        happened_at=now,
    )
