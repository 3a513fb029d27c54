"""Where jobs and messages stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select
from sqlalchemy.orm import Session, aliased

from ldtrack.outbox.domain import JobState, MessageState
from ldtrack.outbox.models import Job, Message

UNDELIVERED = "messages that could not be delivered"
GIVEN_UP = "jobs that gave up"
STOPPED_FILES = "files that stopped on their way in"
_FILES = "exchange."
"""How kinds of jobs begin that bring files in; whoever sent one lets it go on."""


@dataclass(frozen=True, kw_only=True)
class JobRow:
    """A job as its page shows it; `done` of `total` parts, nothing known yet if `total` is 0."""

    id: int
    state: JobState
    done: int
    total: int
    problem: str


def latest_job(session: Session, *, kind: str, thing_id: int) -> JobRow | None:
    """The last job of the kind for the thing; whoever may see the thing may see this."""
    job = session.scalars(
        select(Job)
        .where(Job.kind == kind, Job.thing_id == thing_id)
        .order_by(Job.round.desc())
        .limit(1)
    ).first()
    if job is None:
        return None
    return JobRow(
        id=job.id, state=JobState(job.state), done=job.done, total=job.total, problem=job.problem
    )


def latest_jobs(session: Session, *, kinds: Collection[str], thing_id: int) -> dict[str, JobRow]:
    """The last job of each kind for the thing, likewise."""
    rows = session.scalars(
        select(Job).where(Job.kind.in_(kinds), Job.thing_id == thing_id).order_by(Job.round)
    )
    return {
        job.kind: JobRow(
            id=job.id,
            state=JobState(job.state),
            done=job.done,
            total=job.total,
            problem=job.problem,
        )
        for job in rows
    }


def is_asked_for(session: Session, *, kind: str, thing_id: int) -> bool:
    """Whether such a job waits or runs."""
    under_way = (JobState.WAITING, JobState.RUNNING)
    wanted = select(Job.id).where(
        Job.kind == kind, Job.thing_id == thing_id, Job.state.in_(under_way)
    )
    return session.scalar(wanted.limit(1)) is not None


def came_back(session: Session, addresses: Select[str]) -> list[tuple[str, str]]:
    """Those addresses to which the last mail could not be brought, each with the problem.

    Discreet mails count for nothing here, neither when they came back nor when they arrived.
    """
    later = aliased(Message)
    went_on = exists().where(
        later.to_address == Message.to_address,
        later.state != MessageState.FAILED,
        later.due_at >= Message.due_at,
        ~later.discreet,
    )
    rows = session.execute(
        select(Message.to_address, func.max(Message.problem))
        .where(
            _undelivered(),
            Message.to_address.in_(addresses),
            ~went_on,
        )
        .group_by(Message.to_address)
        .order_by(Message.to_address)
    )
    return list(rows.all())


def is_on_its_way(session: Session, address: str) -> bool:
    """Whether a mail to the address, none of the discreet ones, has not left yet."""
    waiting = select(Message.id).where(
        Message.to_address == address, Message.state == MessageState.WAITING, ~Message.discreet
    )
    return session.scalar(waiting.limit(1)) is not None


def undelivered(session: Session) -> list[tuple[str, str]]:
    """Addresses that mail could not be brought to, each with the problem; for HR.

    Discreet mails are not among them.
    """
    rows = session.execute(
        select(Message.to_address, Message.problem)
        .where(_undelivered())
        .order_by(Message.to_address)
    )
    return list(rows.all())


def figures() -> tuple[Select[str, int], ...]:
    """Statements for a word and a count each, to be asked together with those of other rooms."""
    return (
        select(literal(UNDELIVERED), func.count(Message.id)).where(_undelivered()),
        select(literal(GIVEN_UP), func.count(Job.id)).where(
            Job.state == JobState.FAILED, ~Job.kind.startswith(_FILES)
        ),
        select(literal(STOPPED_FILES), func.count(Job.thing_id.distinct())).where(
            Job.state == JobState.FAILED, Job.kind.startswith(_FILES), ~_asked_again()
        ),
    )


def _asked_again() -> ColumnElement[bool]:
    later = aliased(Job)
    return exists().where(
        later.kind == Job.kind, later.thing_id == Job.thing_id, later.round > Job.round
    )


def _undelivered() -> ColumnElement[bool]:
    """Messages that came back, as far as anybody may be shown."""
    return and_(Message.state == MessageState.FAILED, ~Message.discreet)
