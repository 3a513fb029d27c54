"""What would go wrong if a cycle opened now, in sentences for HR; nothing is changed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ldtrack.feedback.domain.anonymity import POOLED, meets_floor, plan_cells
from ldtrack.feedback.domain.answers import SELF_GROUP, RaterGroup
from ldtrack.feedback.domain.rows import MANAGER_GROUP, CycleRow, RaterRow, SubjectRow

MANY_REQUESTS = 5
"""From more questionnaires than this at once a rater answers less carefully."""


@dataclass(frozen=True, kw_only=True)
class LaunchProblem:
    """One thing to know before opening; what `stops` has to be mended first."""

    sentence: str
    subject_id: int | None = None
    stops: bool = False


def launch_problems(
    cycle: CycleRow,
    subjects: Sequence[SubjectRow],
    raters: Sequence[RaterRow],
    today: date,
    elsewhere: Iterable[str] = (),
) -> tuple[LaunchProblem, ...]:
    """Every problem of the cycle as it is planned, those that stop it first.

    `elsewhere` has the address of a rater once for each open request from other cycles.
    """
    found = list(_of_cycle(cycle, subjects, today))
    for subject in subjects:
        asked = Counter(r.group_key for r in raters if r.subject_id == subject.id)
        found += _of_subject(cycle, subject, asked)
    found += _of_raters(raters, elsewhere)
    return tuple(sorted(found, key=lambda problem: not problem.stops))


def _of_cycle(
    cycle: CycleRow, subjects: Sequence[SubjectRow], today: date
) -> Iterable[LaunchProblem]:
    if not subjects:
        yield LaunchProblem(sentence="Nobody receives feedback yet: add people.", stops=True)
    if cycle.closes_on < today:
        yield LaunchProblem(sentence="The last day has passed: choose a later one.", stops=True)


def _of_subject(
    cycle: CycleRow, subject: SubjectRow, asked: Counter[str]
) -> Iterable[LaunchProblem]:
    def problem(sentence: str, *, stops: bool = False) -> LaunchProblem:
        return LaunchProblem(
            sentence=f"{subject.name}: {sentence}", subject_id=subject.id, stops=stops
        )

    if not sum(n for key, n in asked.items() if key != SELF_GROUP):
        yield problem("nobody else is asked yet.", stops=True)
        return
    if not asked[SELF_GROUP]:
        yield problem("has no questionnaire of their own, so self and others cannot be compared.")
    if not asked[MANAGER_GROUP]:
        yield problem("no line manager is asked.")
    if subject.coach_id is None:
        yield problem("has no coach; the report goes to them as soon as the cycle closes.")
    for sentence in group_warnings(cycle.groups, asked, cycle.k):
        yield problem(sentence)


def group_warnings(groups: Sequence[RaterGroup], asked: Counter[str], k: int) -> tuple[str, ...]:
    """What will become of groups that are small even if everybody answers.

    >>> peers, reports = RaterGroup(key="p", name="Peers"), RaterGroup(key="d", name="Reports")
    >>> group_warnings((peers, reports), Counter(p=4, d=2), 3)
    ('Reports: 2 asked, fewer than 3, so they are shown together with Peers.',)
    """
    numbers = iter(range(1, sum(asked.values()) + 1))
    everybody = {g.key: frozenset(next(numbers) for _ in range(asked[g.key])) for g in groups}
    plan = plan_cells(groups, everybody, k, asked)
    names = {group.key: group.name for group in groups}
    pooled = next((cell.group_keys for cell in plan.cells if cell.key == POOLED), ())
    warnings = []
    for key in pooled:
        if not meets_floor(asked[key], k):
            others = " and ".join(names[other] for other in pooled if other != key)
            fate = f"shown together with {others}" if others else "shown under a common name"
            warnings.append(
                f"{names[key]}: {asked[key]} asked, fewer than {k}, so they are {fate}."
            )
    for hidden in plan.hidden:
        if n := len(hidden.raters):
            warnings.append(f"{hidden.name}: {n} asked, fewer than {k}, so they are shown nowhere.")
    for cell in plan.cells:
        if not cell.exempt and len(cell.raters) == k:
            warnings.append(
                f"{cell.name}: exactly {k} asked; if one does not answer, the others are not "
                "shown on their own."
            )
    return tuple(warnings)


def _of_raters(raters: Sequence[RaterRow], elsewhere: Iterable[str]) -> Iterable[LaunchProblem]:
    requests = Counter(rater.email for rater in raters) + Counter(elsewhere)
    names = {rater.email: rater.name for rater in raters}
    for email, n in sorted(requests.items()):
        if n > MANY_REQUESTS and email in names:
            yield LaunchProblem(sentence=f"{names[email]} is asked for {n} questionnaires at once.")
