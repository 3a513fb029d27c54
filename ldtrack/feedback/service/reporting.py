"""Making the reports of a cycle that has ended, a few people at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.competencies.queries import competencies_named
from ldtrack.feedback.domain.history import history_to_dict
from ldtrack.feedback.domain.nominating import REPLACED, InvitationState
from ldtrack.feedback.domain.plain_json import plain
from ldtrack.feedback.domain.release import WouldTell
from ldtrack.feedback.domain.report import report_to_dict
from ldtrack.feedback.domain.timeline import SubjectState, moved
from ldtrack.feedback.models import Cycle, Invitation, Release, Subject
from ldtrack.feedback.queries.cycles import row_of
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.feedback.service.cycles import audit, locked
from ldtrack.feedback.service.earlier import (
    ByGroup,
    earlier_reports,
    reports_elsewhere,
    who_answered,
)
from ldtrack.feedback.service.moderation import has_moderator, tell_moderator
from ldtrack.feedback.service.norms import make_own_norms, norms_for
from ldtrack.feedback.service.passing_on import go_on
from ldtrack.feedback.service.releasing import Asked, Beside, MadeReport, Sent, make_report
from ldtrack.feedback.service.sent import SentAnswers, sent_answers

A_FEW = 5
"""People whose reports are made in one transaction, which keeps others from writing for a while."""


class ReportNotMade(Exception):
    """A report could not be made because of a fault, not because it would tell too much."""

    def __init__(self, subject_id: int) -> None:
        super().__init__(subject_id)
        self.subject_id = subject_id


def release_some(
    session: Session,
    cycle_id: int,
    *,
    now: datetime,
    base_url: str | None = None,
    most: int = A_FEW,
    but: Collection[int] = (),
) -> int:
    """Make and store the reports of a few subjects that closed. Returns how many are left to do.

    A report waits for the cycle's moderator, if it names one, then in a cycle led by coaches for
    the subject's coach of today; otherwise it is out at once. Subjects in `but` are left alone and
    not counted. Raises ReportNotMade, which names the subject; nothing may be committed then.
    """
    cycle = locked(session, cycle_id)
    wanted = select(Subject).where(
        Subject.cycle_id == cycle_id, Subject.state == SubjectState.CLOSED, Subject.id.not_in(but)
    )
    subjects = session.scalars(wanted.order_by(Subject.id).limit(most)).all()
    if subjects:
        if not _has_begun(session, cycle_id):
            make_own_norms(session, cycle.framework_version_id, now=now)
        _release(session, cycle, subjects, now, base_url)
    left = left_to_do(session, cycle_id, but=but)
    if subjects and not left and base_url is not None and _waits_for_moderator(session, cycle):
        tell_moderator(session, cycle, now, base_url)
    return left


def left_to_do(session: Session, cycle_id: int, *, but: Collection[int] = ()) -> int:
    """How many subjects that closed still have no report, those in `but` aside."""
    count = select(func.count()).where(
        Subject.cycle_id == cycle_id, Subject.state == SubjectState.CLOSED, Subject.id.not_in(but)
    )
    return session.scalar(count) or 0


def _waits_for_moderator(session: Session, cycle: Cycle) -> bool:
    audited = select(Subject.id).where(
        Subject.cycle_id == cycle.id, Subject.state == SubjectState.AUDITED
    )
    return session.scalar(audited.limit(1)) is not None


def _has_begun(session: Session, cycle_id: int) -> bool:
    """Whether a report of the cycle was made before; norms are made anew before the first."""
    made = select(Release.id).join(Subject, Subject.id == Release.subject_id)
    return session.scalar(made.where(Subject.cycle_id == cycle_id).limit(1)) is not None


def _release(
    session: Session,
    cycle: Cycle,
    subjects: Collection[Subject],
    now: datetime,
    base_url: str | None,
) -> None:
    coaches = holders_of(
        session, [s.person_id for s in subjects], RelationshipKind.COACH, now.date()
    )
    sent = _Sent.about(session, cycle, subjects)
    asked = what_was_asked(session, cycle)
    ended = {s.person_id: s.closed_on or asked.closed_on for s in subjects}
    earlier = earlier_reports(session, ended, cycle.framework_version_id)
    elsewhere = reports_elsewhere(session, {s.person_id: s.id for s in subjects})
    norms = norms_for(session, cycle.framework_version_id, now.date())
    released = []
    for subject in subjects:
        beside = Beside(
            earlier=earlier.get(subject.person_id),
            elsewhere=elsewhere.get(subject.person_id, ()),
            norm=norms.for_reader(subject.person_id, coaches.get(subject.person_id)),
        )
        answers = sent.of(subject)  # Before the coach changes: raters were told of the former one.
        subject.coach_id = coaches.get(subject.person_id)
        try:
            release = _made(subject, asked_of(subject, asked), answers, beside)
        except WouldTell as refusal:
            # The last check of the release said no: nothing is shown rather than too much.
            _withhold(session, cycle, subject, str(refusal), now)
            continue
        except Exception as fault:
            raise ReportNotMade(subject.id) from fault
        subject.state = moved(SubjectState(subject.state), SubjectState.AUDITED)
        released.append((subject, release))
    session.add_all(release for _, release in released)
    session.flush()
    for subject, release in released:
        if not (has_moderator(cycle, subject) and release.document["release"]["comments"]):
            go_on(session, cycle, subject, release, now=now, base_url=base_url)
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
        weighting=cycle.weighting,
    )


def asked_of(subject: Subject, asked: Asked) -> Asked:
    """The same as it was for one subject, whose days are their own in a rolling cycle."""
    return replace(asked, closed_on=subject.closed_on or asked.closed_on)


def stored(made: MadeReport, subject_id: int, number: int) -> Release:
    """The row for a report."""
    return Release(
        subject_id=subject_id,
        number=number,
        document=report_to_dict(made.report),
        verdict=plain(made.verdict),
        history=history_to_dict(made.history),
        counted=plain(made.counted),
    )


@dataclass(frozen=True, kw_only=True)
class _Sent:
    """What was sent about a few subjects, read in a handful of statements."""

    answers: SentAnswers
    invited: dict[int, dict[str, int]]
    ever_asked: dict[int, dict[str, int]]
    answered: dict[int, ByGroup]
    led_by_coach: bool

    @classmethod
    def about(cls, session: Session, cycle: Cycle, subjects: Collection[Subject]) -> _Sent:
        ids = [subject.id for subject in subjects]
        return cls(
            answers=sent_answers(session, ids),
            invited=_counted(session, ids, Invitation.answered.is_(True)),
            ever_asked=_counted(session, ids, Invitation.reason == REPLACED),
            answered=who_answered(session, [subject.person_id for subject in subjects]),
            led_by_coach=cycle.coach_led,
        )

    def of(self, subject: Subject) -> Sent:
        told_of_coach = self.led_by_coach and subject.coach_id is not None
        comments, coach_only = self.answers.comments_about(
            subject.id, may_be_summarised=told_of_coach
        )
        return Sent(
            raters=self.answers.raters_of(subject.id),
            comments=comments,
            coach_only=coach_only,
            invited=self.invited.get(subject.id, {}),
            ever_asked=self.ever_asked.get(subject.id, {}),
            answered=self.answered.get(subject.id, {}),
        )


def sent_about(session: Session, subject: Subject) -> Sent:
    """What was sent about one subject."""
    cycle = session.get_one(Cycle, subject.cycle_id)
    return _Sent.about(session, cycle, [subject]).of(subject)


def _withhold(session: Session, cycle: Cycle, subject: Subject, why: str, now: datetime) -> None:
    subject.state = moved(SubjectState(subject.state), SubjectState.WITHHELD)
    audit(session, None, "withhold", cycle.id, now, person_id=subject.person_id, reason=why)


def _made(subject: Subject, asked: Asked, sent: Sent, beside: Beside) -> Release:
    made = make_report(asked, sent, beside)
    subject.for_coach = made.for_coach
    return stored(made, subject.id, 1)


def _counted(
    session: Session, ids: Collection[int], or_else: ColumnElement[bool]
) -> dict[int, dict[str, int]]:
    """By subject and group, how many were asked in the end, with those of whom `or_else` holds."""
    rows = session.execute(
        select(Invitation.subject_id, Invitation.group_key, func.count())
        .where(
            Invitation.subject_id.in_(ids),
            or_(Invitation.state == InvitationState.APPROVED, or_else),
        )
        .group_by(Invitation.subject_id, Invitation.group_key)
    )
    counts: dict[int, dict[str, int]] = {}
    for subject_id, group_key, n in rows:
        counts.setdefault(subject_id, {})[group_key] = n
    return counts
