"""Pages of HR: the list of cycles, one cycle, one subject with their raters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.competencies.queries import competencies_named, framework
from ldtrack.feedback import queries
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.launch import LaunchProblem, group_warnings, launch_problems
from ldtrack.feedback.domain.rows import CycleRow, RaterRow, SubjectRow
from ldtrack.feedback.domain.timeline import BEFORE_OPENING, CycleState, SubjectState
from ldtrack.feedback.queries.cycles import subjects_of
from ldtrack.feedback.queries.raters import (
    nominations,
    raters_of,
    requests_elsewhere,
    who_answered,
)
from ldtrack.feedback.queries.summaries import has_profile
from ldtrack.outbox.queries import JobRow, latest_job


@dataclass(frozen=True, kw_only=True)
class CycleLine:
    """A cycle in the list, with how many questionnaires are in."""

    cycle: CycleRow
    answered: int


@dataclass(frozen=True, kw_only=True)
class SubjectLine:
    """A subject in a cycle; `stranded` says that the report waits and the coach is gone.

    `answered` is for HR alone, and where `is_me` not even for them.
    """

    subject: SubjectRow
    asked: int
    groups: tuple[str, ...]
    answered: int
    stranded: bool
    is_me: bool


@dataclass(frozen=True, kw_only=True)
class CyclePage:
    """One cycle with its subjects and, while it is a draft, what would go wrong."""

    cycle: CycleRow
    framework: str
    questionnaire: QuestionnaireRow
    competencies: dict[int, str]
    lines: tuple[SubjectLine, ...]
    problems: tuple[LaunchProblem, ...]
    answered: int
    job: JobRow | None
    today: date
    has_profile: bool

    @property
    def may_open(self) -> bool:
        """Whether nothing stops it."""
        return self.cycle.state is CycleState.DRAFT and not any(p.stops for p in self.problems)

    @property
    def making(self) -> bool:
        """Whether reports are still being made."""
        return any(line.subject.state is SubjectState.CLOSED for line in self.lines)

    @property
    def with_coach(self) -> int:
        """How many reports wait to be talked through."""
        return sum(line.subject.state is SubjectState.WITH_COACH for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class RaterLine:
    """Somebody who was asked; `answered` while nothing is known is False."""

    rater: RaterRow
    group: str
    answered: bool


@dataclass(frozen=True, kw_only=True)
class SubjectPage:
    """One subject with everybody who is asked."""

    cycle: CycleRow
    subject: SubjectRow
    lines: tuple[RaterLine, ...]
    warnings: tuple[str, ...]
    is_me: bool

    @property
    def is_draft(self) -> bool:
        """Whether anything can still be changed."""
        return self.subject.state in BEFORE_OPENING

    @property
    def is_open(self) -> bool:
        """Whether people can still be added."""
        return self.subject.state is SubjectState.OPEN


def cycle_lines(session: Session, actor: Actor) -> list[CycleLine]:
    """Every cycle with how far it is."""
    answered = queries.cycles_answered(session, actor)
    return [
        CycleLine(cycle=cycle, answered=answered.get(cycle.id, 0))
        for cycle in queries.cycles(session, actor)
    ]


def cycle_page(
    session: Session, actor: Actor, cycle_id: int, *, rater_key: str, today: date
) -> CyclePage:
    """One cycle as HR sees it: who has answered, never what."""
    cycle = queries.cycle(session, actor, cycle_id)
    form = queries.questionnaire(session, cycle.questionnaire_id)
    subjects = subjects_of(session, cycle_id)
    raters = raters_of(session, cycle_id)
    answered = who_answered(session, actor, cycle_id, rater_key=rater_key)
    coached = holders_of(session, [s.person_id for s in subjects], RelationshipKind.COACH, today)
    named = competencies_named(session, form.competency_ids)
    problems: tuple[LaunchProblem, ...] = ()
    if cycle.state is CycleState.DRAFT:
        elsewhere = requests_elsewhere(session, cycle_id)
        problems = launch_problems(cycle, subjects, raters, today, elsewhere)
    return CyclePage(
        cycle=cycle,
        framework=framework(session, cycle.framework_version_id).title,
        questionnaire=form,
        competencies={id_: named[id_].name for id_ in form.competency_ids},
        lines=tuple(
            _line(
                cycle,
                subject,
                raters,
                answered,
                has_coach=subject.person_id in coached,
                is_me=subject.person_id == actor.person_id,
            )
            for subject in subjects
        ),
        problems=problems,
        answered=len(answered),
        job=latest_job(session, kind="feedback.release", thing_id=cycle_id),
        today=today,
        has_profile=has_profile(session, cycle_id),
    )


def subject_page(session: Session, actor: Actor, subject_id: int, *, rater_key: str) -> SubjectPage:
    """One subject as HR sees it."""
    subject = queries.subject(session, actor, subject_id)
    cycle = queries.cycle(session, actor, subject.cycle_id)
    raters = nominations(session, actor, subject_id)
    answered = who_answered(session, actor, cycle.id, rater_key=rater_key)
    place = {group.key: position for position, group in enumerate(cycle.groups)}
    raters.sort(key=lambda rater: place[rater.group_key])
    asked = Counter(rater.group_key for rater in raters)
    return SubjectPage(
        cycle=cycle,
        subject=subject,
        lines=tuple(
            RaterLine(
                rater=rater,
                group=cycle.group_name(rater.group_key),
                answered=rater.invitation_id in answered,
            )
            for rater in raters
        ),
        warnings=group_warnings(cycle.groups, asked, cycle.k),
        is_me=subject.person_id == actor.person_id,
    )


def _line(
    cycle: CycleRow,
    subject: SubjectRow,
    raters: list[RaterRow],
    answered: frozenset[int],
    *,
    has_coach: bool,
    is_me: bool,
) -> SubjectLine:
    own = [rater for rater in raters if rater.subject_id == subject.id]
    counts = Counter(rater.group_key for rater in own)
    return SubjectLine(
        subject=subject,
        asked=len(own),
        groups=tuple(f"{g.name} {counts[g.key]}" for g in cycle.groups if counts[g.key]),
        answered=sum(rater.invitation_id in answered for rater in own),
        stranded=subject.state is SubjectState.WITH_COACH and not has_coach,
        is_me=is_me,
    )
