"""Leaving a trace of every opening, before the file is handed out."""

from __future__ import annotations

from datetime import datetime

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.db.session import Database
from ldtrack.reviews.domain.rows import ReviewRow, SentReview


def note_opening(database: Database, actor: Actor, review: ReviewRow, *, now: datetime) -> None:
    """Record, in a transaction of its own, that the actor opened the review.

    The leader is shown everybody but themselves.
    """
    with database.writing(actor.organisation_id) as session:
        note(
            session,
            account_id=actor.account_id,
            action=Action.READ_REVIEW,
            thing="review",
            thing_id=review.id,
            person_id=review.person_id,
            reason=_who(actor, review),
            happened_at=now,
        )


def note_opening_by_link(database: Database, review: SentReview, *, now: datetime) -> None:
    """Record that the mailed link was used."""
    with database.writing(review.organisation_id) as session:
        note(
            session,
            account_id=None,
            action=Action.READ_REVIEW,
            thing="review",
            thing_id=review.id,
            person_id=review.person_id,
            reason=f"Your sponsor, by the link sent to {review.sponsor}",
            happened_at=now,
        )


def _who(actor: Actor, review: ReviewRow) -> str:
    if actor.person_id == review.person_id:
        return ""
    relation = "coach" if review.person_id in actor.coaches else "sponsor"
    return f"Your {relation}, {actor.name}"
