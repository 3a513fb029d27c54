"""Forgetting private notes once coaching has been over for long enough, and choices that are."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.coaching.domain.choosing import KEPT_DAYS
from ldtrack.coaching.domain.rules import ended_before
from ldtrack.coaching.models import (
    CoachChoice,
    CoachingSession,
    Engagement,
    PrivateNote,
    SessionDraft,
)
from ldtrack.db.parts import delete_some


def tidy_private_notes(session: Session, now: datetime, *, months: int) -> int:
    """Forget some of the notes that coaches kept of coaching long over. Returns how many.

    A leader's own notes are theirs for as long as they are known here.
    """
    old = (
        select(PrivateNote.id)
        .join(CoachingSession, CoachingSession.id == PrivateNote.session_id)
        .join(Engagement, Engagement.id == CoachingSession.engagement_id)
        .where(
            Engagement.ends_on < ended_before(now.date(), months),
            PrivateNote.author_id != Engagement.person_id,
        )
    )
    return delete_some(session, PrivateNote.id, old)


def tidy_drafts(session: Session, now: datetime, *, months: int) -> int:
    """Forget some of the session forms that were begun in such coaching. Returns how many."""
    old = (
        select(SessionDraft.id)
        .join(Engagement, Engagement.id == SessionDraft.engagement_id)
        .where(Engagement.ends_on < ended_before(now.date(), months))
    )
    return delete_some(session, SessionDraft.id, old)


def tidy_choices(session: Session, now: datetime) -> int:
    """Forget some of the choices of coaches that are over, with what was written in them."""
    old = select(CoachChoice.id).where(CoachChoice.ended_on < now.date() - timedelta(KEPT_DAYS))
    return delete_some(session, CoachChoice.id, old)
