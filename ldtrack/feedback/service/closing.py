"""Closing a cycle: one release for each subject, and the link to the raters destroyed for good.

Everything happens in one transaction, in statements over the whole cycle. Afterwards answers have
new random ids and lie in their order, so neither a copy of the old secret nor the order of rows
in a file can pair them with invitations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.keys import response_id
from ldtrack.feedback.domain.promised import KEPT_MONTHS
from ldtrack.feedback.domain.report import report_to_dict
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.domain.timeline import CycleState, moved
from ldtrack.feedback.models import Cycle, Invitation, Release, Response, Subject
from ldtrack.feedback.queries.cycles import questionnaire, require_hr, row_of
from ldtrack.feedback.service.cycles import audit, locked
from ldtrack.feedback.service.opening import ask_to_close
from ldtrack.feedback.service.passing_on import bring_out
from ldtrack.feedback.service.releasing import Asked, make_report
from ldtrack.feedback.service.sent import SentAnswers, lay_out_afresh, sent_answers, subject_ids
from ldtrack.outbox.service import ask

FORGET_JOB = "feedback.forget"
_AT_ONCE = 500


def close_by_hand(
    session: Session, actor: Actor, cycle_id: int, *, rater_key: str, now: datetime
) -> bool:
    """Close the cycle now, as HR. Whether it was open."""
    require_hr(actor)
    return close_cycle(session, cycle_id, rater_key, now, actor=actor)


def close_if_due(session: Session, cycle_id: int, rater_key: str, now: datetime) -> bool:
    """Close the cycle if its last day is over; if that day was moved, ask again for later."""
    cycle = locked(session, cycle_id)
    if cycle.state == CycleState.OPEN and now.date() <= cycle.closes_on:
        ask_to_close(session, cycle)
        return False
    return close_cycle(session, cycle_id, rater_key, now)


def close_cycle(
    session: Session, cycle_id: int, rater_key: str, now: datetime, *, actor: Actor | None = None
) -> bool:
    """Release, then forget who answered what. Whether the cycle was open; twice does no harm."""
    cycle = locked(session, cycle_id)
    if cycle.state in (CycleState.CLOSED, CycleState.ARCHIVED):
        return False
    closed = moved(CycleState(cycle.state), CycleState.CLOSED)
    _mark_answered(session, cycle, rater_key)
    cycle.state, cycle.key = closed, None
    cycle.closed_on = min(now.date(), cycle.closes_on)
    session.flush()
    sent = sent_answers(session, cycle_id)
    _release_all(session, cycle, sent, now)
    lay_out_afresh(session, cycle, sent)
    _ask_to_forget(session, cycle)
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
    answered = sorted(id_ for id_ in invited if response_id(rater_key, key, id_) in sent)
    # Every row is written anew, so that the database's own marks on rows are equal.
    session.execute(
        update(Invitation)
        .where(Invitation.subject_id.in_(subject_ids(cycle.id)))
        .values(answered=False, token_hash=None)
        .execution_options(synchronize_session=False)
    )
    for start in range(0, len(answered), _AT_ONCE):
        session.execute(
            update(Invitation)
            .where(Invitation.id.in_(answered[start : start + _AT_ONCE]))
            .values(answered=True)
            .execution_options(synchronize_session=False)
        )


def _release_all(session: Session, cycle: Cycle, sent: SentAnswers, now: datetime) -> None:
    planned = row_of(cycle)
    form = questionnaire(session, cycle.questionnaire_id)
    asked = Asked(
        cycle=cycle.name,
        closed_on=planned.closed_on or now.date(),
        k=cycle.k,
        groups=planned.groups,
        form=form,
        competencies=competencies_named(session, form.competency_ids),
    )
    subjects = session.scalars(select(Subject).where(Subject.cycle_id == cycle.id)).all()
    coaches = holders_of(
        session, [s.person_id for s in subjects], RelationshipKind.COACH, now.date()
    )
    invited = _invited(session, cycle.id)
    released = []
    for subject in subjects:
        subject.state = CycleState.CLOSED
        subject.coach_id = coaches.get(subject.person_id)
        release = _release(subject, asked, sent, invited.get(subject.id, {}))
        if release is not None:
            session.add(release)
            released.append((subject, release))
    session.flush()
    for subject, release in released:
        if subject.coach_id is None:
            bring_out(session, cycle, subject, release, now=now, base_url=None)
        else:
            subject.state = moved(subject.state, CycleState.RELEASED_TO_COACH)
    session.flush()


def _release(
    subject: Subject, asked: Asked, sent: SentAnswers, invited: dict[str, int]
) -> Release | None:
    comments, coach_only = sent.comments_about(subject.id)
    try:
        made = make_report(asked, sent.raters_of(subject.id), comments, coach_only, invited)
    except RuleBroken:
        # The last check of the release said no: nothing is shown rather than too much.
        return None
    subject.for_coach = made.for_coach
    return Release(
        subject_id=subject.id,
        number=1,
        document=report_to_dict(made.report),
        verdict=made.verdict,
    )


def _invited(session: Session, cycle_id: int) -> dict[int, dict[str, int]]:
    rows: Iterable[tuple[int, str, int]] = session.execute(
        select(Invitation.subject_id, Invitation.group_key, func.count())
        .where(Invitation.subject_id.in_(subject_ids(cycle_id)))
        .group_by(Invitation.subject_id, Invitation.group_key)
    )
    counts: dict[int, Counter[str]] = {}
    for subject_id, group_key, n in rows:
        counts.setdefault(subject_id, Counter())[group_key] = n
    return {subject_id: dict(groups) for subject_id, groups in counts.items()}


def _ask_to_forget(session: Session, cycle: Cycle) -> None:
    closed_on = cycle.closed_on or cycle.closes_on
    years, month = divmod(closed_on.month - 1 + KEPT_MONTHS, 12)
    # The first of the month, because not every month has a 31st.
    on = date(closed_on.year + years, month + 1, 1)
    ask(session, kind=FORGET_JOB, thing_id=cycle.id, due_at=datetime.combine(on, time(), UTC))
