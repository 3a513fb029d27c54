"""What would go wrong if a cycle opened now, in sentences for HR; nothing is changed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ldtrack.feedback.domain.anonymity import POOLED, meets_floor, plan_cells
from ldtrack.feedback.domain.answers import SELF_GROUP, RaterGroup
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.rows import MANAGER_GROUP, CycleRow, RaterRow, SubjectRow
from ldtrack.feedback.domain.timeline import Pace, SubjectState


class Mend(StrEnum):
    """Where a problem can be mended; pages turn it into a link."""

    PEOPLE = "people"
    RATERS = "raters"
    DAYS = "days"
    SETTINGS = "settings"
    QUESTIONS = "questions"
    BUDGET = "budget"
    TRUST = "trust"


OF_ALL = frozenset({Mend.DAYS, Mend.SETTINGS, Mend.QUESTIONS})
"""What is wrong with these is wrong for everybody, whenever they begin."""


A_COHORT = 3
"""From so many people on they are a group, in which there may be trust or none."""


@dataclass(frozen=True, kw_only=True)
class LaunchProblem:
    """One thing to know before opening; what `stops` has to be mended first.

    `about` is whose feedback it is, where the same may be wrong with others'.
    """

    sentence: str
    mend: Mend
    subject_id: int | None = None
    about: str = ""
    stops: bool = False


@dataclass(frozen=True, kw_only=True)
class ProblemLine:
    """The same problem of one person or of several, who are named with their ids."""

    sentence: str
    mend: Mend
    subject_id: int | None
    stops: bool
    people: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A cycle as it would open today.

    `elsewhere` says for how many questionnaires of other cycles an address is asked in the same
    quarter, `budget` how many there may be in all. For `without_trust` of the people it is the
    first 360, and no trust pulse ever asked them. `no_manager` are those of the people who have no
    line manager, where leaders say whom to ask.
    """

    cycle: CycleRow
    subjects: Sequence[SubjectRow]
    raters: Sequence[RaterRow]
    today: date
    budget: int
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    without_trust: int = 0
    no_manager: frozenset[int] = frozenset()


def launch_problems(planned: Planned) -> tuple[LaunchProblem, ...]:
    """Every problem of the cycle as it is planned, those that stop it first."""
    found = list(_of_cycle(planned))
    asked_about: dict[int, Counter[str]] = {}
    for rater in planned.raters:
        asked_about.setdefault(rater.subject_id, Counter())[rater.group_key] += 1
    for subject in planned.subjects:
        found += of_subject(planned, subject, asked_about.get(subject.id, Counter()))
    found += _of_raters(planned)
    found += _of_trust(planned)
    return tuple(sorted(found, key=lambda problem: not problem.stops))


def in_lines(problems: Iterable[LaunchProblem]) -> tuple[ProblemLine, ...]:
    """What is wrong with several people, said once, where the first of them stands."""
    alike: dict[tuple[str, Mend, bool], list[LaunchProblem]] = {}
    for problem in problems:
        what = problem.sentence.removeprefix(f"{problem.about}: ")
        alike.setdefault((what, problem.mend, problem.stops), []).append(problem)
    return tuple(_line(what, found) for (what, *_), found in alike.items())


def _line(what: str, found: Sequence[LaunchProblem]) -> ProblemLine:
    first, several = found[0], len(found) > 1
    return ProblemLine(
        sentence=what[0].upper() + what[1:] if several else first.sentence,
        mend=first.mend,
        subject_id=None if several else first.subject_id,
        stops=first.stops,
        people=tuple((p.subject_id or 0, p.about) for p in found) if several else (),
    )


def _of_cycle(planned: Planned) -> Iterable[LaunchProblem]:
    cycle = planned.cycle
    if not planned.subjects and cycle.pace is Pace.TOGETHER:
        yield LaunchProblem(
            sentence="Nobody receives feedback yet: add people.", mend=Mend.PEOPLE, stops=True
        )
    if cycle.closes_on < planned.today:
        yield LaunchProblem(
            sentence="The last day has passed: choose a later one.", mend=Mend.DAYS, stops=True
        )
    if not cycle.n_statements:
        yield LaunchProblem(
            sentence="The questionnaire has no statements.", mend=Mend.QUESTIONS, stops=True
        )
    if cycle.moderator_left:
        yield LaunchProblem(
            sentence="Whoever was to read the comments first has left.",
            mend=Mend.SETTINGS,
            stops=True,
        )


def of_subject(
    planned: Planned, subject: SubjectRow, asked: Counter[str]
) -> Iterable[LaunchProblem]:
    """The problems of one person's feedback."""
    cycle = planned.cycle

    def problem(sentence: str, *, stops: bool = False) -> LaunchProblem:
        return LaunchProblem(
            sentence=f"{subject.name}: {sentence}",
            mend=Mend.RATERS,
            subject_id=subject.id,
            about=subject.name,
            stops=stops,
        )

    if subject.left:
        yield problem("has left; take them out.", stops=True)
        return
    if subject.state is SubjectState.DRAFT and cycle.nominates is Nominates.LEADER:
        # Whom to ask is the leader's to say, as soon as the cycle begins.
        for sentence in _missing(planned, subject):
            yield problem(sentence)
        return
    if subject.state in _UNSETTLED:
        yield problem(_UNSETTLED[subject.state], stops=cycle.pace is Pace.TOGETHER)
        return
    if not sum(n for key, n in asked.items() if key != SELF_GROUP):
        yield problem("nobody else is asked yet.", stops=True)
        return
    if not asked[SELF_GROUP]:
        yield problem("has no questionnaire of their own, so self and others cannot be compared.")
    if MANAGER_GROUP in {group.key for group in cycle.groups} and not asked[MANAGER_GROUP]:
        yield problem("no line manager is asked.")
    if cycle.coach_led and subject.coach_id is None:
        yield problem(_NO_COACH)
    for sentence in (
        *limit_warnings(cycle.groups, asked),
        *group_warnings(cycle.groups, asked, cycle.k),
    ):
        yield problem(sentence)


def _missing(planned: Planned, subject: SubjectRow) -> Iterable[str]:
    """Who is needed around a leader and is not there, named before leaders are written to."""
    cycle, has_coach = planned.cycle, subject.coach_id is not None
    if subject.person_id in planned.no_manager:
        if cycle.approves is Approves.MANAGER:
            yield "has no line manager, who is to agree to the raters."
        elif MANAGER_GROUP in {group.key for group in cycle.groups}:
            yield "has no line manager who could be asked."
    if not has_coach and cycle.approves is Approves.COACH:
        yield "has no coach, who is to agree to the raters."
    elif not has_coach and cycle.coach_led:
        yield _NO_COACH


_NO_COACH = "has no coach; the report goes to them as soon as it is made."
_UNSETTLED = {
    SubjectState.NOMINATING: "has not finished proposing raters.",
    SubjectState.APPROVING: "their raters are proposed and wait for a yes.",
}


def limit_warnings(groups: Sequence[RaterGroup], asked: Counter[str]) -> tuple[str, ...]:
    """Which groups have fewer or more raters than the organisation wants.

    >>> limit_warnings((RaterGroup(key="p", name="Peers", least=3),), Counter(p=2))
    ('Peers: 2 asked, at least 3 are wanted.',)
    """
    warnings = []
    for group in groups:
        if asked[group.key] < group.least:
            n = asked[group.key] or "nobody"
            warnings.append(f"{group.name}: {n} asked, at least {group.least} are wanted.")
        if group.most is not None and asked[group.key] > group.most:
            warnings.append(
                f"{group.name}: {asked[group.key]} asked, at most {group.most} are wanted."
            )
    return tuple(warnings)


def group_warnings(groups: Sequence[RaterGroup], asked: Counter[str], k: int) -> tuple[str, ...]:
    """What will become of groups that are small even if everybody answers.

    >>> peers, reports = RaterGroup(key="p", name="Peers"), RaterGroup(key="d", name="Reports")
    >>> group_warnings((peers, reports), Counter(p=4, d=2), 3)
    ('Reports: 2 asked, fewer than 3, so they are shown together with Peers.',)
    """
    numbers = iter(range(1, sum(asked.values()) + 1))
    everybody = {g.key: frozenset(next(numbers) for _ in range(asked[g.key])) for g in groups}
    plan = plan_cells(groups, everybody, k, asked)
    of_key = {group.key: group for group in groups}
    pooled = next((cell.group_keys for cell in plan.cells if cell.key == POOLED), ())
    warnings = []
    for key in pooled:
        floor = of_key[key].floor_over(k)
        if not meets_floor(asked[key], floor):
            others = " and ".join(of_key[other].name for other in pooled if other != key)
            fate = f"shown together with {others}" if others else "shown under a common name"
            warnings.append(
                f"{of_key[key].name}: {asked[key]} asked, fewer than {floor}, so they are {fate}."
            )
    for hidden in plan.hidden:
        if n := len(hidden.raters):
            warnings.append(
                f"{hidden.name}: {n} asked, fewer than {hidden.floor}, so they are shown nowhere."
            )
    for cell in plan.cells:
        if not cell.exempt and len(cell.raters) == cell.floor:
            warnings.append(
                f"{cell.name}: exactly {cell.floor} asked; if one does not answer, the others are "
                "not shown on their own."
            )
    return tuple(warnings)


def _of_raters(planned: Planned) -> Iterable[LaunchProblem]:
    subjects = {subject.id: subject.name for subject in planned.subjects}
    for rater in planned.raters:
        about = subjects.get(rater.subject_id, "")
        if rater.left:
            wrong = f"{rater.name}, asked about {about}, has left."
        elif not rater.email:
            wrong = f"{rater.name}, asked about {about}, has no mail address."
        else:
            continue
        yield LaunchProblem(
            sentence=wrong, mend=Mend.RATERS, subject_id=rater.subject_id, stops=True
        )
    asked: dict[int | str, list[RaterRow]] = {}
    for rater in sorted(planned.raters, key=lambda one: one.email):
        if rater.email:
            asked.setdefault(rater.person_id or rater.email, []).append(rater)
    for requests in asked.values():
        # Of one person every address leads to the same requests elsewhere.
        total = len(requests) + max(planned.elsewhere.get(one.email, 0) for one in requests)
        if total > planned.budget:
            yield LaunchProblem(
                sentence=f"{requests[0].name} would be asked for {total} questionnaires in this "
                f"quarter; the limit is {planned.budget}.",
                mend=Mend.BUDGET,
                stops=True,
            )


def _of_trust(planned: Planned) -> Iterable[LaunchProblem]:
    """People are frank where they trust; a group's first 360 should not be their first step."""
    if planned.without_trust < A_COHORT:
        return
    if planned.cycle.begins_anyway:
        yield LaunchProblem(
            sentence=f"It begins without a trust pulse, because: {planned.cycle.begins_anyway}",
            mend=Mend.TRUST,
        )
        return
    yield LaunchProblem(
        sentence=f"For {planned.without_trust} people this is the first 360, and nothing that "
        "builds trust came before it: begin with a trust pulse, or say why not.",
        mend=Mend.TRUST,
    )
