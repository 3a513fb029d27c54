"""Making the reports of a cycle that has ended, a few people at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.report import report_to_dict
from ldtrack.feedback.domain.timeline import SubjectState, moved
from ldtrack.feedback.models import Cycle, Invitation, Release, Subject
from ldtrack.feedback.queries.cycles import row_of
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.feedback.service.cycles import locked
from ldtrack.feedback.service.passing_on import bring_out
from ldtrack.feedback.service.releasing import Asked, make_report
from ldtrack.feedback.service.sent import SentAnswers, sent_answers

A_FEW = 5
"""People whose reports are made in one transaction, which keeps others from writing for a while."""


def release_some(
    session: Session,
    cycle_id: int,
    *,
    now: datetime,
    base_url: str | None = None,
    most: int = A_FEW,
) -> int:
    """Make and store the reports of a few subjects that closed. Returns how many are left to do.

    A report waits for the subject's coach of today; without one it is out at once.
    """
    cycle = locked(session, cycle_id)
    wanted = select(Subject).where(
        Subject.cycle_id == cycle_id, Subject.state == SubjectState.CLOSED
    )
    subjects = session.scalars(wanted.order_by(Subject.id).limit(most)).all()
    if subjects:
        _release(session, cycle, subjects, now, base_url)
    return left_to_do(session, cycle_id)


def left_to_do(session: Session, cycle_id: int) -> int:
    """How many subjects that closed still have no report."""
    count = select(func.count()).where(
        Subject.cycle_id == cycle_id, Subject.state == SubjectState.CLOSED
    )
    return session.scalar(count) or 0


def _release(
    session: Session,
    cycle: Cycle,
    subjects: Collection[Subject],
    now: datetime,
    base_url: str | None,
) -> None:
    ids = [subject.id for subject in subjects]
    asked = what_was_asked(session, cycle)
    sent = sent_answers(session, ids)
    invited = _invited(session, ids)
    coaches = holders_of(
        session, [s.person_id for s in subjects], RelationshipKind.COACH, now.date()
    )
    released = []
    for subject in subjects:
        release = _made(subject, asked, sent, invited.get(subject.id, {}))
        made = SubjectState.WITHHELD if release is None else SubjectState.AUDITED
        subject.state = moved(SubjectState(subject.state), made)
        subject.coach_id = coaches.get(subject.person_id)
        if release is not None:
            released.append((subject, release))
    session.add_all(release for _, release in released)
    session.flush()
    for subject, release in released:
        if subject.coach_id is None:
            bring_out(session, cycle, subject, release, now=now, base_url=base_url)
        else:
            subject.state = moved(SubjectState(subject.state), SubjectState.WITH_COACH)
    session.flush()


def what_was_asked(session: Session, cycle: Cycle) -> Asked:
    """The cycle's questions, groups and floor, with the names of competencies."""
    planned = row_of(cycle)
    form = questionnaire(session, cycle.questionnaire_id)
    return Asked(
        cycle=cycle.name,
        closed_on=cycle.closed_on or cycle.closes_on,
        k=cycle.k,
        groups=planned.groups,
        form=form,
        competencies=competencies_named(session, form.competency_ids),
    )


def _made(
    subject: Subject, asked: Asked, sent: SentAnswers, invited: dict[str, int]
) -> Release | None:
    told_of_coach = subject.coach_id is not None
    comments, coach_only = sent.comments_about(subject.id, may_be_summarised=told_of_coach)
    asked = replace(asked, closed_on=subject.closed_on or asked.closed_on)
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


def _invited(session: Session, ids: Collection[int]) -> dict[int, dict[str, int]]:
    rows = session.execute(
        select(Invitation.subject_id, Invitation.group_key, func.count())
        .where(Invitation.subject_id.in_(ids))
        .group_by(Invitation.subject_id, Invitation.group_key)
    )
    counts: dict[int, dict[str, int]] = {}
    for subject_id, group_key, n in rows:
        counts.setdefault(subject_id, {})[group_key] = n
    return counts
