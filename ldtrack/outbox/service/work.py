"""Taking jobs and messages that are due, and saying how they went.

A row is taken by one statement that only one taker can win. Who takes it holds it for a while and
renews the hold as long as the work goes on; if the taker dies, the row is free again soon. A try
counts from when it is taken, so what kills its taker every time is given up like what fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from ldtrack.db.session import EVERYWHERE
from ldtrack.outbox.domain import MOST_TRIES, JobState, MessageState, next_try
from ldtrack.outbox.models import Job, Message

HOLD = timedelta(minutes=2)
CUT_OFF = "The program was stopped in the middle of it, every time."


@dataclass(frozen=True, kw_only=True)
class JobTicket:
    """A job that was taken."""

    id: int
    organisation_id: int
    kind: str
    thing_id: int
    details: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message that was taken."""

    id: int
    to_address: str
    to_name: str
    subject: str
    body: str
    calendar: str = ""


def take_job(session: Session, now: datetime) -> JobTicket | None:
    """The job that has been due longest, of any organisation; `None` if there is none."""
    left = and_(Job.state == JobState.RUNNING, Job.held_until < now)
    session.execute(
        update(Job)
        .where(left, Job.tries >= MOST_TRIES)
        .values(state=JobState.FAILED, held_until=None, problem=CUT_OFF),
        execution_options=EVERYWHERE | {"synchronize_session": False},
    )
    free = or_(and_(Job.state == JobState.WAITING, Job.due_at <= now), left)
    for job in session.scalars(
        select(Job).where(free).order_by(Job.due_at).limit(5), execution_options=EVERYWHERE
    ):
        taken = session.execute(
            update(Job)
            .where(Job.id == job.id, free)
            .values(state=JobState.RUNNING, held_until=now + HOLD, tries=Job.tries + 1),
            execution_options=EVERYWHERE | {"synchronize_session": False},
        )
        if taken.rowcount == 1:  # type: ignore[attr-defined]  # an update has a row count
            return JobTicket(
                id=job.id,
                organisation_id=job.organisation_id,
                kind=job.kind,
                thing_id=job.thing_id,
                details=job.details,
            )
    return None


def job_went_on(session: Session, job_id: int, *, done: int, total: int, now: datetime) -> None:
    """Say how far it is, and that its runner is still alive."""
    _change(session, job_id, done=done, total=total, held_until=now + HOLD)


def hold_job(session: Session, job_id: int, now: datetime) -> None:
    """Say that its runner is still alive."""
    _change(session, job_id, held_until=now + HOLD)


def job_done(session: Session, job_id: int) -> None:
    """Say that it is done."""
    _change(session, job_id, state=JobState.DONE, held_until=None, done=Job.total, problem="")


def job_failed(session: Session, job_id: int, problem: str, now: datetime) -> None:
    """Say that it failed; it is tried again later, up to a limit."""
    job = session.scalars(select(Job).where(Job.id == job_id), execution_options=EVERYWHERE).one()
    again = next_try(job.tries, now)
    _change(
        session,
        job_id,
        state=JobState.FAILED if again is None else JobState.WAITING,
        due_at=again or job.due_at,
        held_until=None,
        problem=problem[:500],
    )


def take_letter(session: Session, now: datetime) -> Letter | None:
    """The message that has been due longest; while it is held nobody else takes it.

    Its hour stays as it is: that of single letters would tell more than that of all.
    """
    due = and_(
        Message.state == MessageState.WAITING,
        Message.due_at <= now,
        or_(Message.held_until.is_(None), Message.held_until <= now),
    )
    # One whose last try failed is not waiting any more; this one nobody lived to tell about.
    session.execute(
        update(Message)
        .where(due, Message.tries >= MOST_TRIES)
        .values(state=MessageState.FAILED, held_until=None, problem=CUT_OFF),
        execution_options=EVERYWHERE | {"synchronize_session": False},
    )
    for message in session.scalars(
        select(Message).where(due).order_by(Message.due_at).limit(5), execution_options=EVERYWHERE
    ):
        taken = session.execute(
            update(Message)
            .where(Message.id == message.id, due)
            .values(held_until=now + HOLD, tries=Message.tries + 1),
            execution_options=EVERYWHERE | {"synchronize_session": False},
        )
        if taken.rowcount == 1:  # type: ignore[attr-defined]  # an update has a row count
            return Letter(
                id=message.id,
                to_address=message.to_address,
                to_name=message.to_name,
                subject=message.subject,
                body=message.body,
                calendar=message.calendar,
            )
    return None


def hold_letter(session: Session, message_id: int, now: datetime) -> None:
    """Say that it is still being brought away."""
    session.execute(
        update(Message)
        .where(Message.id == message_id, Message.state == MessageState.WAITING)
        .values(held_until=now + HOLD),
        execution_options=EVERYWHERE | {"synchronize_session": False},
    )


def letter_sent(session: Session, message_id: int) -> None:
    """Say that it is on its way; what it said is not kept."""
    _change_letter(
        session,
        message_id,
        state=MessageState.SENT,
        held_until=None,
        body="",
        calendar="",
        problem="",
    )


def letter_failed(
    session: Session, message_id: int, problem: str, now: datetime, *, for_good: bool
) -> None:
    """Say that it failed; a refused address is not tried again."""
    message = session.scalars(
        select(Message).where(Message.id == message_id), execution_options=EVERYWHERE
    ).one()
    again = None if for_good else next_try(message.tries, now)
    _change_letter(
        session,
        message_id,
        state=MessageState.FAILED if again is None else MessageState.WAITING,
        held_until=again,
        problem=problem[:500],
    )


def letter_came_back(session: Session, message_id: int, problem: str) -> bool:
    """Say that it came back after it had left. Returns whether there is such a letter.

    A discreet one is left as it is, because that it was sent tells something of who got it. What
    was said of it first stays.
    """
    session.execute(
        update(Message)
        .where(
            Message.id == message_id,
            Message.state != MessageState.FAILED,
            ~Message.discreet,
        )
        .values(state=MessageState.FAILED, held_until=None, problem=problem[:500]),
        execution_options=EVERYWHERE | {"synchronize_session": False},
    )
    here = select(Message.id).where(Message.id == message_id)
    return session.scalar(here, execution_options=EVERYWHERE) is not None


def _change(session: Session, job_id: int, **values: Any) -> None:
    session.execute(
        update(Job).where(Job.id == job_id).values(**values),
        execution_options=EVERYWHERE | {"synchronize_session": False},
    )


def _change_letter(session: Session, message_id: int, **values: Any) -> None:
    session.execute(
        update(Message).where(Message.id == message_id).values(**values),
        execution_options=EVERYWHERE | {"synchronize_session": False},
    )
