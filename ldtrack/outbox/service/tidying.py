"""Forgetting mail that arrived and jobs that are done, long afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from ldtrack.db.parts import delete_some
from ldtrack.outbox.domain import JobState, MessageState
from ldtrack.outbox.models import Job, Message

MAIL_KEPT = timedelta(days=365)
"""How long it is kept that a mail was sent to an address; what it said goes when it is sent."""
JOBS_KEPT = timedelta(days=90)


def tidy_mail(session: Session, now: datetime) -> int:
    """Forget some of the mails that were sent long ago. Returns how many."""
    old = select(Message.id).where(
        Message.state == MessageState.SENT, Message.due_at < now - MAIL_KEPT
    )
    return delete_some(session, Message.id, old)


def tidy_jobs(session: Session, now: datetime) -> int:
    """Forget some of the jobs done long ago. Returns how many.

    The last of each kind and thing stays: it tells how the thing stands, and counts the rounds.
    """
    later = aliased(Job)
    old = select(Job.id).where(
        Job.state == JobState.DONE,
        Job.due_at < now - JOBS_KEPT,
        exists().where(
            later.kind == Job.kind, later.thing_id == Job.thing_id, later.round > Job.round
        ),
    )
    return delete_some(session, Job.id, old)
