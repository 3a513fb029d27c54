"""What becomes of coaching whose coach is to be forgotten: it is the leader's too, and stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ldtrack.coaching.models import AgreementParty, CoachingAction, Engagement, PrivateNote
from ldtrack.coaching.service.signing import close_open


def forget_coach(session: Session, person_id: int, *, now: datetime) -> None:
    """Delete what was the coach's alone and end what runs; their name goes when they are erased.

    Sessions, shared notes, milestones and what was done stay with the leader. What the coach
    promised and has not done goes, because nobody will do it any more.
    """
    for one in session.scalars(
        select(Engagement).where(Engagement.coach_id == person_id, Engagement.ends_on.is_(None))
    ):
        one.ends_on = max(one.starts_on, now.date())
        close_open(session, one.id, now)
    session.flush()
    session.execute(delete(PrivateNote).where(PrivateNote.author_id == person_id))
    session.execute(
        delete(CoachingAction).where(
            CoachingAction.owner_id == person_id, CoachingAction.settled_on.is_(None)
        )
    )


def forget_signatures(session: Session, person_id: int) -> None:
    """Take the name of whoever is to be forgotten from what they signed; the signature stays."""
    session.execute(
        update(AgreementParty)
        .where(AgreementParty.person_id == person_id)
        .values(signed_as="")
        .execution_options(synchronize_session=False)
    )
