"""HR's page of one cycle: where everybody stands, what needs a hand, how many have answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.feedback import queries
from ldtrack.feedback.domain.held import held
from ldtrack.feedback.domain.launch import (
    OF_ALL,
    LaunchProblem,
    ProblemLine,
    in_lines,
    launch_problems,
)
from ldtrack.feedback.domain.rows import CycleRow, SubjectRow
from ldtrack.feedback.domain.timeline import (
    BEFORE_OPENING,
    NOT_BEGUN,
    CycleState,
    Pace,
    SubjectState,
)
from ldtrack.feedback.domain.turnout import NOBODY, Count, Rate, rates, so_far
from ldtrack.feedback.pages.attention import Attention, attention
from ldtrack.feedback.pages.steps import Step, steps
from ldtrack.feedback.queries.cycles import subjects_of
from ldtrack.feedback.queries.launch import planned_row
from ldtrack.feedback.queries.summaries import has_profile
from ldtrack.feedback.queries.turnout import Turnout, turnout
from ldtrack.feedback.service.opening import CLOSE_JOB
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.queries import JobRow, latest_jobs

PAGE = 50
MOST_PROBLEMS = 40
"""More than this are counted and not listed; mending the first ones shows the next."""
_WORK = {
    "feedback.invite": "Asking the raters",
    "feedback.close": "Closing the questionnaires",
    "feedback.end": "Closing the questionnaires",
    "feedback.release": "Making the reports",
}


@dataclass(frozen=True, kw_only=True)
class SubjectLine:
    """A subject in a cycle; `stranded` says that the report waits and the coach is gone.

    `said` is how many have answered, in as many words as HR may have.
    """

    subject: SubjectRow
    groups: tuple[str, ...]
    said: str
    stranded: bool


@dataclass(frozen=True, kw_only=True)
class CyclePage:
    """One cycle; `problems` are listed before it opens, `attention` afterwards."""

    cycle: CycleRow
    held: tuple[str, ...]
    steps: tuple[Step, ...]
    lines: tuple[SubjectLine, ...]
    page: int
    pages: int
    total: int
    shown_state: SubjectState | None
    problems: tuple[ProblemLine, ...]
    n_stopping: int
    n_more_problems: int
    attention: Attention
    count: Count
    said: str
    by_group: tuple[Rate, ...]
    by_unit: tuple[Rate, ...]
    job: JobRow | None
    job_title: str
    here: Mapping[SubjectState, int]
    n_unasked: int
    reads_comments: bool
    has_profile: bool
    today: date

    @property
    def begins(self) -> bool:
        """Whether no rater has been asked yet."""
        return self.cycle.state in NOT_BEGUN

    @property
    def may_open(self) -> bool:
        """Whether nothing stops it; in a rolling cycle what is wrong with one person does not."""
        return self.begins and not self.n_stopping

    @property
    def any_report(self) -> bool:
        """Whether any report has been made."""
        made = (SubjectState.AUDITED, SubjectState.WITH_COACH, SubjectState.RELEASED)
        return any(self.here.get(state) for state in made)

    @property
    def n_settled(self) -> int:
        """Of how many leaders the raters are agreed on."""
        return self.here.get(SubjectState.READY, 0)

    @property
    def n_open(self) -> int:
        """About how many people answers are taken."""
        return self.here.get(SubjectState.OPEN, 0)

    @property
    def n_with_coach(self) -> int:
        """How many reports wait to be talked through."""
        return self.here.get(SubjectState.WITH_COACH, 0)

    @property
    def working(self) -> bool:
        """Whether a job is at it."""
        return self.job is not None

    @property
    def is_over(self) -> bool:
        """Whether it has closed and every report is out."""
        done = (SubjectState.RELEASED, SubjectState.WITHHELD, *BEFORE_OPENING)
        waits = any(n for state, n in self.here.items() if state not in done)
        return self.cycle.state is CycleState.CLOSED and not waits


def cycle_page(
    session: Session,
    actor: Actor,
    cycle_id: int,
    *,
    today: date,
    page: int = 1,
    shown_state: SubjectState | None = None,
) -> CyclePage:
    """One cycle as HR sees it: where it stands, never what was answered."""
    cycle = queries.cycle(session, actor, cycle_id)
    subjects = subjects_of(session, cycle_id)
    counted = turnout(session, cycle_id)
    here = Counter(subject.state for subject in subjects)
    chosen = [s for s in subjects if shown_state is None or s.state is shown_state]
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(page, 1), pages)
    listed = chosen[(page - 1) * PAGE : page * PAGE]
    problems = _problems(session, actor, cycle, subjects, today)
    lines = in_lines(problems)
    kind, job = at_work(session, cycle_id)
    others = [
        subject
        for subject in subjects
        if subject.person_id != actor.person_id and subject.state not in BEFORE_OPENING
    ]
    count = sum((counted.about(subject.id) for subject in others), start=NOBODY)
    return CyclePage(
        cycle=cycle,
        held=held(cycle),
        steps=steps(cycle, subjects),
        lines=tuple(_lines(session, actor, cycle, listed, counted, today)),
        page=page,
        pages=pages,
        total=len(chosen),
        shown_state=shown_state,
        problems=lines[:MOST_PROBLEMS],
        n_stopping=sum(_stops(cycle, problem) for problem in problems),
        n_more_problems=max(0, len(lines) - MOST_PROBLEMS),
        attention=attention(session, cycle, subjects, counted, today),
        count=count,
        said=so_far(count, exact=cycle.tells_who_answered, k=cycle.k),
        by_group=_rates(cycle, counted, others, by_unit=False),
        by_unit=_rates(cycle, counted, others, by_unit=True),
        job=job,
        job_title=_WORK.get(kind, ""),
        here=here,
        n_unasked=sum(
            subject.state is SubjectState.DRAFT and not counted.about(subject.id).asked
            for subject in subjects
        ),
        reads_comments=cycle.moderator_id is not None and cycle.moderator_id == actor.person_id,
        has_profile=cycle.state is CycleState.CLOSED and has_profile(session, cycle_id),
        today=today,
    )


def _stops(cycle: CycleRow, problem: LaunchProblem) -> bool:
    return problem.stops and (cycle.pace is Pace.TOGETHER or problem.mend in OF_ALL)


def _problems(
    session: Session,
    actor: Actor,
    cycle: CycleRow,
    subjects: Sequence[SubjectRow],
    today: date,
) -> tuple[LaunchProblem, ...]:
    if cycle.state not in NOT_BEGUN:
        return ()
    return launch_problems(planned_row(session, actor, cycle, subjects, today))


def at_work(session: Session, cycle_id: int) -> tuple[str, JobRow | None]:
    """The job that is at it; one that waits for a later day is not."""
    jobs = latest_jobs(session, kinds=_WORK, thing_id=cycle_id)
    for kind in _WORK:
        job = jobs.get(kind)
        if job is None or (kind == CLOSE_JOB and job.state is JobState.WAITING):
            continue
        if job.state.is_under_way:
            return kind, job
    return "", None


def _lines(
    session: Session,
    actor: Actor,
    cycle: CycleRow,
    subjects: Sequence[SubjectRow],
    counted: Turnout,
    today: date,
) -> Iterable[SubjectLine]:
    with_coach = [s.person_id for s in subjects if s.state is SubjectState.WITH_COACH]
    coached = holders_of(session, with_coach, RelationshipKind.COACH, today) if with_coach else {}
    for subject in subjects:
        counts = {
            group.name: counted.counts[subject.id, group.key].asked
            for group in cycle.groups
            if (subject.id, group.key) in counted.counts
        }
        stranded = subject.state is SubjectState.WITH_COACH and subject.person_id not in coached
        yield SubjectLine(
            subject=subject,
            groups=tuple(f"{name} {n}" for name, n in counts.items()),
            said=_said(cycle, subject, counted, is_me=subject.person_id == actor.person_id),
            stranded=stranded,
        )


def _said(cycle: CycleRow, subject: SubjectRow, counted: Turnout, *, is_me: bool) -> str:
    if is_me or not cycle.tells_who_answered or subject.state in BEFORE_OPENING:
        return "–"
    return so_far(counted.about(subject.id), exact=True, k=cycle.k)


def _rates(
    cycle: CycleRow, counted: Turnout, subjects: Iterable[SubjectRow], *, by_unit: bool
) -> tuple[Rate, ...]:
    """By rater group in the order of the cycle, or by the unit of those it is about."""
    begun = {subject.id: subject.unit for subject in subjects}
    found: dict[str, Count] = {} if by_unit else {g.name: NOBODY for g in cycle.groups}
    for (about, group), count in counted.counts.items():
        if about in begun:
            name = (begun[about] or "No unit") if by_unit else cycle.group_name(group)
            found[name] = found.get(name, NOBODY) + count
    named = dict(sorted(found.items())) if by_unit else found
    return rates(named, exact=cycle.tells_who_answered, k=cycle.k)
