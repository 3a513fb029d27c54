"""Closing questionnaires: no more answers, and the link to the raters destroyed for good.

This happens in one transaction, in statements over everybody whose last day it was. Afterwards
answers have new random ids and lie in their order, so neither a copy of the old secret nor the
order of rows in a file can pair them with invitations. Reports are made afterwards, from what is
left.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, delete, exists, func, null, select, true, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.db.parts import in_parts
from ldtrack.feedback.domain.keys import response_id
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.domain.timeline import CycleState, Pace, SubjectState, moved
from ldtrack.feedback.models import Cycle, Invitation, Release, Response, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.afresh import marked
from ldtrack.feedback.service.cycles import audit, locked
from ldtrack.feedback.service.opening import ask_to_close
from ldtrack.feedback.service.pulses.process import ask_for_process_pulses
from ldtrack.feedback.service.reporting import release_some
from ldtrack.feedback.service.sent import lay_out_afresh
from ldtrack.feedback.service.summing_up import sum_up
from ldtrack.outbox.service import ask

RELEASE_JOB = "feedback.release"
FORGET_JOB = "feedback.forget"


def close_by_hand(
    session: Session, actor: Actor, cycle_id: int, *, rater_key: str, now: datetime
) -> bool:
    """End a cycle now, as HR; its reports are made by a job. Whether anything was open."""
    require_hr(actor)
    return end_cycle(session, cycle_id, rater_key, now, actor=actor)


def close_if_due(session: Session, cycle_id: int, rater_key: str, now: datetime) -> bool:
    """End whatever is past its last day, and ask again for what is not. Whether anything was."""
    cycle = locked(session, cycle_id)
    ended = _end(session, cycle, Subject.closes_on < now.date(), rater_key, now)
    if ended and cycle.pace == Pace.TOGETHER:
        _conclude(session, cycle, now)
        session.flush()
    ask_to_close(session, cycle_id)
    return ended


def close_cycle(session: Session, cycle_id: int, rater_key: str, now: datetime) -> bool:
    """End the cycle and make every report at once. Whether it was open; twice does no harm."""
    ended = end_cycle(session, cycle_id, rater_key, now)
    while release_some(session, cycle_id, now=now):
        pass
    sum_up(session, cycle_id, now=now)
    return ended


def end_cycle(
    session: Session, cycle_id: int, rater_key: str, now: datetime, *, actor: Actor | None = None
) -> bool:
    """Take no more answers and forget who gave which. Whether anything was open.

    Leaves two jobs behind: making the reports now, and deleting the answers months later.
    """
    cycle = locked(session, cycle_id)
    if cycle.state != CycleState.OPEN:
        return False
    _end(session, cycle, true(), rater_key, now)
    _conclude(session, cycle, now)
    audit(session, actor, "close", cycle_id, now)
    session.flush()
    return True


def forget_answers(session: Session, cycle_id: int, *, now: datetime) -> None:
    """Delete the answers that were kept long enough, and ask again for the rest; reports stay."""
    cycle = locked(session, cycle_id)
    closed = dict(
        session.execute(
            select(Subject.id, func.coalesce(Subject.closed_on, cycle.closes_on)).where(
                Subject.cycle_id == cycle_id,
                Subject.closed_on.is_not(None),
                exists().where(Response.subject_id == Subject.id),
            )
        ).all()
    )
    until = {id_: _forget_at(closed_on, cycle.kept_months) for id_, closed_on in closed.items()}
    for ids in in_parts([id_ for id_, at in until.items() if at <= now]):
        # Without the answers nobody needs to know over which of them figures were.
        session.execute(
            update(Release)
            .where(Release.subject_id.in_(ids))
            .values(history=null())
            .execution_options(synchronize_session=False)
        )
        session.execute(
            delete(Response)
            .where(Response.subject_id.in_(ids))
            .execution_options(synchronize_session=False)
        )
    if later := [at for at in until.values() if at > now]:
        ask(session, kind=FORGET_JOB, thing_id=cycle_id, due_at=min(later))


def _end(
    session: Session,
    cycle: Cycle,
    which: ColumnElement[bool],
    rater_key: str,
    now: datetime,
) -> bool:
    """Close the questionnaires about these subjects. Whether there were any."""
    subjects = session.scalars(
        select(Subject)
        .where(Subject.cycle_id == cycle.id, Subject.state == SubjectState.OPEN, which)
        .order_by(Subject.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if not subjects:
        return False
    ids = [subject.id for subject in subjects]
    _mark_answered(session, subjects, rater_key)
    for subject in subjects:
        subject.state = moved(SubjectState(subject.state), SubjectState.CLOSED)
        subject.key = None
        subject.closed_on = min(now.date(), subject.closes_on or now.date())
    session.flush()
    lay_out_afresh(session, cycle.organisation_id, ids)
    ask(session, kind=RELEASE_JOB, thing_id=cycle.id, due_at=now)
    forget_at = min(_forget_at(s.closed_on or now.date(), cycle.kept_months) for s in subjects)
    ask(session, kind=FORGET_JOB, thing_id=cycle.id, due_at=forget_at)
    session.flush()
    return True


def _conclude(session: Session, cycle: Cycle, now: datetime) -> None:
    cycle.state = moved(CycleState(cycle.state), CycleState.CLOSED)
    cycle.closed_on = min(now.date(), cycle.closes_on)
    ask_for_process_pulses(session, cycle.id, now)


def _mark_answered(session: Session, subjects: Collection[Subject], rater_key: str) -> None:
    """Say of everybody at once whether they answered: the last use of the subjects' secrets."""
    keys = {subject.id: subject.key or b"" for subject in subjects}
    answered: list[int] = []
    for ids in in_parts(keys):
        sent = set(
            session.scalars(
                select(Response.id).where(
                    Response.subject_id.in_(ids), Response.state == ResponseState.SENT
                )
            )
        )
        invited = session.execute(
            select(Invitation.id, Invitation.subject_id).where(Invitation.subject_id.in_(ids))
        )
        answered += [
            id_ for id_, about in invited if response_id(rater_key, keys[about], id_) in sent
        ]
        # Every row is written anew, so that the database's own marks on rows are equal.
        session.execute(
            update(Invitation)
            .where(Invitation.subject_id.in_(ids))
            .values(answered=False, token_hash=None)
            .execution_options(synchronize_session=False)
        )
    marked(session, Invitation.id, answered, answered=True)


def _forget_at(closed_on: date, kept_months: int) -> datetime:
    years, month = divmod(closed_on.month - 1 + kept_months, 12)
    # The first of the month, because not every month has a 31st.
    return datetime.combine(date(closed_on.year + years, month + 1, 1), time(), UTC)
