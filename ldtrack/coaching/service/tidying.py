"""Forgetting what was noted privately once coaching has been over for long enough."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.coaching.domain.rules import ended_before
from ldtrack.coaching.models import CoachingSession, Engagement, PrivateNote, SessionDraft
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
