"""Closing questionnaires: no more answers, and the link to the raters destroyed for good.

This happens in statements over everybody whose last day it was, a hundred people in a transaction.
Afterwards answers have new random ids and lie in their order, so neither a copy of the old secret
nor the order of rows in a file can pair them with invitations. Reports are made afterwards, from
what is left.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, func, null, select, true, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.core.zones import begins
from ldtrack.db.parts import in_parts
from ldtrack.feedback.domain.keys import response_id
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.domain.timeline import CycleState, Pace, SubjectState, moved
from ldtrack.feedback.models import Cycle, Invitation, Release, Response, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.afresh import marked
from ldtrack.feedback.service.cycles import audit, locked
from ldtrack.feedback.service.leaving import let_leavers_go
from ldtrack.feedback.service.opening import ask_to_close
from ldtrack.feedback.service.pulses.process import ask_for_process_pulses
from ldtrack.feedback.service.reporting import release_some
from ldtrack.feedback.service.sent import lay_out_afresh
from ldtrack.feedback.service.summing_up import keep_summary, summary_of
from ldtrack.outbox.service import ask
from ldtrack.people.queries import time_zone

END_JOB = "feedback.end"
RELEASE_JOB = "feedback.release"
FORGET_JOB = "feedback.forget"
A_PART = 100
"""Subjects that close in one transaction, which keeps raters of others waiting for a moment."""


def close_by_hand(
    session: Session, actor: Actor, cycle_id: int, *, rater_key: str, now: datetime
) -> bool:
    """End a cycle now, as HR; a job goes on with a large one and makes the reports.

    Returns whether the cycle was open.
    """
    require_hr(actor)
    if locked(session, cycle_id).state != CycleState.OPEN:
        return False
    if end_some(session, cycle_id, rater_key, now):
        ask(session, kind=END_JOB, thing_id=cycle_id, due_at=now)
    audit(session, actor, "close", cycle_id, now)
    return True


def close_subject(
    session: Session, actor: Actor, subject_id: int, *, rater_key: str, now: datetime
) -> None:
    """Close the questionnaires about one person now, as HR."""
    require_hr(actor)
    subject = session.get(Subject, subject_id)
    if subject is None:
        raise NotVisible
    cycle = locked(session, subject.cycle_id)
    if not _end(session, cycle, Subject.id == subject_id, rater_key, now):
        raise Conflict("These questionnaires are not open.")
    if cycle.pace == Pace.TOGETHER:
        _conclude_if_done(session, cycle, now)
    audit(session, actor, "close_subject", cycle.id, now, person_id=subject.person_id)


def close_if_due(session: Session, cycle_id: int, rater_key: str, now: datetime) -> bool:
    """End some of what is past its last day, and ask again for what is not. Whether any was."""
    cycle = locked(session, cycle_id)
    ended = _end(session, cycle, _is_over(now), rater_key, now)
    if cycle.closes_on < now.date():
        _conclude_if_done(session, cycle, now)
    if not left_to_close(session, cycle_id, now):
        ask_to_close(session, cycle)
    return ended


def left_to_close(session: Session, cycle_id: int, now: datetime) -> int:
    """About how many people questionnaires are open though their last day is over."""
    return _n_open(session, cycle_id, _is_over(now))


def close_cycle(session: Session, cycle_id: int, rater_key: str, now: datetime) -> bool:
    """End the cycle and make every report at once. Whether it was open; twice does no harm."""
    was_open = locked(session, cycle_id).state == CycleState.OPEN
    while end_some(session, cycle_id, rater_key, now):
        pass
    while release_some(session, cycle_id, now=now):
        pass
    if summary := summary_of(session, cycle_id):
        keep_summary(session, cycle_id, summary, now=now)
    return was_open


def end_some(session: Session, cycle_id: int, rater_key: str, now: datetime) -> int:
    """Take no more answers about some people and forget who gave which. How many are left open.

    Leaves two jobs behind: making the reports now, and deleting the answers months later.
    """
    cycle = locked(session, cycle_id)
    _end(session, cycle, true(), rater_key, now)
    _conclude_if_done(session, cycle, now)
    return _n_open(session, cycle_id)


def ask_to_forget(session: Session, cycle: Cycle) -> None:
    """Leave a job for the day on which the first answers of the cycle were kept long enough."""
    first = session.scalar(
        select(func.min(Subject.closed_on))
        .join(Response, Response.subject_id == Subject.id)
        .where(Subject.cycle_id == cycle.id, Subject.closed_on.is_not(None))
    )
    if first is not None:
        due_at = _forget_at(first, cycle.kept_months, time_zone(session))
        ask(session, kind=FORGET_JOB, thing_id=cycle.id, due_at=due_at)


def forget_answers(session: Session, cycle_id: int, *, now: datetime) -> None:
    """Delete the answers that were kept long enough, and ask again for the rest; reports stay."""
    cycle, zone = locked(session, cycle_id), time_zone(session)
    closed = session.execute(
        select(Subject.id, Subject.closed_on)
        .join(Response, Response.subject_id == Subject.id)
        .where(Subject.cycle_id == cycle_id, Subject.closed_on.is_not(None))
        .distinct()
    ).all()
    over = [
        id_
        for id_, closed_on in closed
        if _forget_at(closed_on or cycle.closes_on, cycle.kept_months, zone) <= now
    ]
    for ids in in_parts(over):
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
    ask_to_forget(session, cycle)


def _is_over(now: datetime) -> ColumnElement[bool]:
    return Subject.closes_on < now.date()


def _n_open(session: Session, cycle_id: int, which: ColumnElement[bool] | None = None) -> int:
    count = select(func.count()).where(
        Subject.cycle_id == cycle_id,
        Subject.state == SubjectState.OPEN,
        true() if which is None else which,
    )
    return session.scalar(count) or 0


def _conclude_if_done(session: Session, cycle: Cycle, now: datetime) -> None:
    """The cycle as a whole has closed when nothing in it is open any more."""
    if cycle.state == CycleState.OPEN and not _n_open(session, cycle.id):
        cycle.state = moved(CycleState(cycle.state), CycleState.CLOSED)
        cycle.closed_on = min(now.date(), cycle.closes_on)
        session.flush()
        ask_for_process_pulses(session, cycle.id, now)
        # Whatever its reports say, the cycle as a whole is summed up after the last.
        ask(session, kind=RELEASE_JOB, thing_id=cycle.id, due_at=now)


def _end(
    session: Session,
    cycle: Cycle,
    which: ColumnElement[bool],
    rater_key: str,
    now: datetime,
) -> bool:
    """Close the questionnaires about some of these subjects. Whether there were any."""
    let_leavers_go(session, cycle.id, rater_key=rater_key)
    subjects = session.scalars(
        select(Subject)
        .where(Subject.cycle_id == cycle.id, Subject.state == SubjectState.OPEN, which)
        .order_by(Subject.id)
        .limit(A_PART)
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
    zone = time_zone(session)
    forget_at = min(
        _forget_at(s.closed_on or now.date(), cycle.kept_months, zone) for s in subjects
    )
    ask(session, kind=FORGET_JOB, thing_id=cycle.id, due_at=forget_at)
    session.flush()
    return True


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


def _forget_at(closed_on: date, kept_months: int, zone: ZoneInfo) -> datetime:
    years, month = divmod(closed_on.month - 1 + kept_months, 12)
    # The first of the month, because not every month has a 31st.
    return begins(date(closed_on.year + years, month + 1, 1), zone)
