"""Having a review made: everything is frozen in the transaction that asks for it."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.outbox.service import ask
from ldtrack.people.queries import person
from ldtrack.reviews.domain.codec import to_dict
from ldtrack.reviews.domain.kinds import Audience, ReviewState
from ldtrack.reviews.domain.numbers import LENGTH, LETTERS, number_of
from ldtrack.reviews.domain.rows import AskForReview
from ldtrack.reviews.models import Review
from ldtrack.reviews.service.freezing import freeze

RENDER = "reviews.render"


def ask_for_review(session: Session, actor: Actor, command: AskForReview, *, now: datetime) -> int:
    """Freeze what is known today and leave the printing as a job. Returns the review's id.

    Raises `RuleBroken` if there is nothing to say, and for a sponsor edition without a sponsor or
    without an agreement on what a sponsor sees.
    """
    facts = Facts(organisation_id=actor.organisation_id, person_id=command.person_id)
    policy.require(actor, Action.MAKE_REVIEW, facts)
    # Another organisation's person is not found, whoever asks.
    person(session, actor, command.person_id)
    today = now.date()
    sponsor_id = _sponsor(session, command, today)
    number = _free_number(session, command.audience, today)
    document = freeze(session, actor.organisation_id, command, number, today)
    review = Review(
        person_id=command.person_id,
        sponsor_id=sponsor_id,
        audience=command.audience,
        as_of=today,
        number=number,
        snapshot=to_dict(document),
        requested_by=actor.account_id,
        requested_on=today,
    )
    session.add(review)
    session.flush()
    ask(session, kind=RENDER, thing_id=review.id, due_at=now)
    return review.id


def print_again(session: Session, actor: Actor, review_id: int, *, now: datetime) -> None:
    """Try once more to print a review that could not be made."""
    review = session.get(Review, review_id)
    if review is None:
        raise NotVisible
    facts = Facts(organisation_id=review.organisation_id, person_id=review.person_id)
    policy.require_visible(actor, Action.MAKE_REVIEW, facts)
    if review.content_hash:
        raise Conflict
    if review.state == ReviewState.FAILED:
        review.state = ReviewState.WAITING
    session.flush()
    ask(session, kind=RENDER, thing_id=review.id, due_at=now)


def _sponsor(session: Session, command: AskForReview, today: date) -> int | None:
    if command.audience is Audience.LEADER:
        return None
    found = holders_of(session, [command.person_id], RelationshipKind.SPONSOR, today)
    if command.person_id not in found:
        raise RuleBroken("audience", "There is no sponsor to make a report for.")
    return found[command.person_id]


def _free_number(session: Session, audience: Audience, today: date) -> str:
    while True:
        drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        number = number_of(audience, today, drawn)
        if session.scalar(select(Review.id).where(Review.number == number)) is None:
            return number
