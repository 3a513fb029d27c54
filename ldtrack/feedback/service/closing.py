"""Closing a cycle: no more answers, and the link to the raters destroyed for good.

This happens in one transaction, in statements over the whole cycle. Afterwards answers have new
random ids and lie in their order, so neither a copy of the old secret nor the order of rows in a
file can pair them with invitations. Reports are made afterwards, from what is left.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.feedback.domain.keys import response_id
from ldtrack.feedback.domain.promised import KEPT_MONTHS
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.domain.timeline import CycleState, moved
from ldtrack.feedback.models import Cycle, Invitation, Response
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.afresh import marked
from ldtrack.feedback.service.cycles import audit, locked
from ldtrack.feedback.service.opening import ask_to_close
from ldtrack.feedback.service.reporting import release_some
from ldtrack.feedback.service.sent import lay_out_afresh, subject_ids
from ldtrack.outbox.service import ask

RELEASE_JOB = "feedback.release"
FORGET_JOB = "feedback.forget"


def close_by_hand(
    session: Session, actor: Actor, cycle_id: int, *, rater_key: str, now: datetime
) -> bool:
    """End a cycle now, as HR; its reports are made by a job. Whether it was open."""
    require_hr(actor)
    return end_cycle(session, cycle_id, rater_key, now, actor=actor)


def close_if_due(session: Session, cycle_id: int, rater_key: str, now: datetime) -> bool:
    """End the cycle if its last day is over; if that day was moved, ask again for later."""
    cycle = locked(session, cycle_id)
    if cycle.state == CycleState.OPEN and now.date() <= cycle.closes_on:
        ask_to_close(session, cycle)
        return False
    return end_cycle(session, cycle_id, rater_key, now)


def close_cycle(session: Session, cycle_id: int, rater_key: str, now: datetime) -> bool:
    """End the cycle and make every report at once. Whether it was open; twice does no harm."""
    ended = end_cycle(session, cycle_id, rater_key, now)
    while release_some(session, cycle_id, now=now):
        pass
    return ended


def end_cycle(
    session: Session, cycle_id: int, rater_key: str, now: datetime, *, actor: Actor | None = None
) -> bool:
    """Take no more answers and forget who gave which. Whether the cycle was open.

    Leaves two jobs behind: making the reports now, and deleting the answers years later.
    """
    cycle = locked(session, cycle_id)
    if cycle.state in (CycleState.CLOSED, CycleState.ARCHIVED):
        return False
    closed = moved(CycleState(cycle.state), CycleState.CLOSED)
    _mark_answered(session, cycle, rater_key)
    cycle.state, cycle.key = closed, None
    cycle.closed_on = min(now.date(), cycle.closes_on)
    session.flush()
    lay_out_afresh(session, cycle)
    ask(session, kind=RELEASE_JOB, thing_id=cycle_id, due_at=now)
    ask(session, kind=FORGET_JOB, thing_id=cycle_id, due_at=_forget_at(cycle.closed_on))
    audit(session, actor, "close", cycle_id, now)
    session.flush()
    return True


def forget_answers(session: Session, cycle_id: int) -> None:
    """Delete a closed cycle's answers; its reports stay."""
    session.execute(
        delete(Response)
        .where(Response.subject_id.in_(subject_ids(cycle_id)))
        .execution_options(synchronize_session=False)
    )


def _mark_answered(session: Session, cycle: Cycle, rater_key: str) -> None:
    """Say of everybody at once whether they answered: the last use of the cycle's secret."""
    sent = set(
        session.scalars(
            select(Response.id).where(
                Response.subject_id.in_(subject_ids(cycle.id)),
                Response.state == ResponseState.SENT,
            )
        )
    )
    invited = session.scalars(
        select(Invitation.id).where(Invitation.subject_id.in_(subject_ids(cycle.id)))
    ).all()
    key = cycle.key or b""
    answered = [id_ for id_ in invited if response_id(rater_key, key, id_) in sent]
    # Every row is written anew, so that the database's own marks on rows are equal.
    session.execute(
        update(Invitation)
        .where(Invitation.subject_id.in_(subject_ids(cycle.id)))
        .values(answered=False, token_hash=None)
        .execution_options(synchronize_session=False)
    )
    marked(session, Invitation.id, answered, answered=True)


def _forget_at(closed_on: date) -> datetime:
    years, month = divmod(closed_on.month - 1 + KEPT_MONTHS, 12)
    # The first of the month, because not every month has a 31st.
    return datetime.combine(date(closed_on.year + years, month + 1, 1), time(), UTC)
