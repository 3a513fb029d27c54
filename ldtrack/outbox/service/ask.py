"""Asking for mail and jobs, in the transaction of whatever they follow from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from ldtrack.db.session import leave_work, organisation_of
from ldtrack.outbox.domain import JobState, MessageState
from ldtrack.outbox.models import Job, Message


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail to one address; `discreet` if that it was sent tells who got it something.

    `calendar` is an iCalendar object that tells a calendar the same.
    """

    to_address: str
    subject: str
    body: str
    to_name: str = ""
    discreet: bool = False
    calendar: str = ""


def post_all(session: Session, mails: Sequence[Mail], *, due_at: datetime) -> None:
    """Leave many mails to be sent at or after `due_at`, in one statement."""
    if not mails:
        return
    organisation_id = organisation_of(session)
    session.execute(
        insert(Message),
        [
            {
                "organisation_id": organisation_id,
                "to_address": mail.to_address,
                "to_name": mail.to_name,
                "subject": mail.subject[:200],
                "body": mail.body,
                "due_at": due_at,
                "discreet": mail.discreet,
                "calendar": mail.calendar,
            }
            for mail in mails
        ],
    )
    leave_work(session)


def post(
    session: Session,
    *,
    to_address: str,
    subject: str,
    body: str,
    due_at: datetime,
    to_name: str = "",
) -> int:
    """Leave a mail to be sent at or after `due_at`. Returns its id."""
    message = Message(
        to_address=to_address, to_name=to_name, subject=subject[:200], body=body, due_at=due_at
    )
    session.add(message)
    session.flush()
    leave_work(session)
    return message.id


def came_back(session: Session, address: str, problem: str) -> None:
    """Remember that the last letter to an address came back after it had left.

    Discreet letters are left as they are, and count for nothing here.
    """
    plainly = and_(Message.to_address == address, ~Message.discreet)
    last = session.scalar(select(func.max(Message.due_at)).where(plainly))
    session.execute(
        update(Message)
        .where(plainly, Message.due_at == last)
        .values(state=MessageState.FAILED, problem=problem[:500])
        .execution_options(synchronize_session=False)
    )


def unpost(session: Session, address: str) -> None:
    """Forget every letter to an address, sent or not, because its owner is to be forgotten."""
    session.execute(delete(Message).where(Message.to_address == address))


def take_back(session: Session, *, due_before: datetime) -> None:
    """Delete letters that were due before then and that nobody was sent, as for a made-up past."""
    session.execute(
        delete(Message).where(Message.state == MessageState.WAITING, Message.due_at < due_before)
    )


def take_one_back(session: Session, message_id: int) -> None:
    """Delete a letter that was not sent yet, because what it tells of was taken back."""
    session.execute(
        delete(Message).where(Message.id == message_id, Message.state == MessageState.WAITING)
    )


def forget_jobs(session: Session, *, kinds: Collection[str], things: Collection[int]) -> None:
    """Forget what was asked for about things that are no more."""
    gone = delete(Job).where(Job.kind.in_(kinds), Job.thing_id.in_(things))
    session.execute(gone.execution_options(synchronize_session=False))


def ask(
    session: Session,
    *,
    kind: str,
    thing_id: int,
    due_at: datetime,
    details: dict[str, Any] | None = None,
) -> int:
    """Leave a job to be run at or after `due_at`; one that waits may only be brought forward."""
    waiting = session.scalars(
        select(Job).where(Job.kind == kind, Job.thing_id == thing_id, Job.state == JobState.WAITING)
    ).first()
    if waiting is not None:
        waiting.due_at = min(waiting.due_at, due_at)
        return waiting.id
    last = session.scalar(
        select(func.max(Job.round)).where(Job.kind == kind, Job.thing_id == thing_id)
    )
    job = Job(
        kind=kind,
        thing_id=thing_id,
        round=(last or 0) + 1,
        details=details or {},
        due_at=due_at,
    )
    session.add(job)
    session.flush()
    leave_work(session)
    return job.id
