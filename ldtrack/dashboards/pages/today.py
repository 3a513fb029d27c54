"""What wants HR's action today, each with the page where it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import waiting
from ldtrack.coaching.queries import attention
from ldtrack.competencies.queries import figures as competencies
from ldtrack.competencies.queries import framework_titles
from ldtrack.core.ids import encode
from ldtrack.courses.queries import waiting as courses
from ldtrack.dashboards.pages.checklist import Checklist, checklist
from ldtrack.dashboards.pages.words import Sentence, Target, plural
from ldtrack.dashboards.queries import Beside, figures
from ldtrack.feedback.domain.rows import CycleRow
from ldtrack.feedback.domain.timeline import CycleState
from ldtrack.feedback.domain.turnout import Count, so_far
from ldtrack.feedback.queries import cycles, cycles_answered, moderation
from ldtrack.outbox import queries as outbox
from ldtrack.pathways.domain import LateRow
from ldtrack.pathways.queries import PilotDue, astray, on_the_way, pilots_overdue
from ldtrack.pathways.queries import figures as pathways


@dataclass(frozen=True, kw_only=True)
class Task:
    """A line of the page; `kind` and `word` make its tag, `due_on` its day if it has one."""

    kind: str
    word: str
    text: str
    act: str
    target: Target
    note: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class TodayPage:
    """`running` goes on by itself; `tasks` wait for somebody."""

    headline: Sentence
    tasks: tuple[Task, ...]
    running: tuple[Task, ...]
    checklist: Checklist | None


def today_page(
    session: Session, actor: Actor, today: date, beside: Sequence[Beside] = ()
) -> TodayPage:
    """The page for the whole organisation; `beside` is what waits in rooms above this one."""
    planned = cycles(session, actor)
    is_open = any(cycle.state is CycleState.OPEN for cycle in planned)
    answered = cycles_answered(session, actor) if is_open else {}
    counts = figures(session, actor, today, beside)
    way = on_the_way(session, actor, today)
    tasks = (
        *_cycles_to_close(planned, answered, today),
        *_comments(counts),
        *_late(way.late),
        *_astray(astray(session, actor) if counts[pathways.ENROLLED] else ()),
        *_pilots(pilots_overdue(session, actor, today) if counts[pathways.PUBLISHED] else ()),
        *_needs(counts),
        *_coaching(counts),
        *_assignments(counts),
        *_map(session, counts),
        *_courses(counts),
        *_beside(counts, beside),
        *_troubles(counts),
    )
    running = tuple(_cycles_running(planned, answered, today))
    ready = checklist(actor, counts, has_cycle=bool(planned))
    return TodayPage(
        headline=today_headline(tasks, ready), tasks=tasks, running=running, checklist=ready
    )


def today_headline(tasks: Sequence[Task], ready: Checklist | None) -> Sentence:
    """How much there is to do, and what comes first."""
    if ready is not None and not ready.is_put_away and not tasks:
        following = ready.following
        return Sentence(
            before=f"{ready.n_done} of {len(ready.items)} set-up steps are done; next: ",
            accent=following.text if following else "",
            after=".",
        )
    if not tasks:
        return Sentence(before="Nothing waits for you today.")
    things = "One thing waits" if len(tasks) == 1 else f"{len(tasks)} things wait"
    return Sentence(before=f"{things} for you; first: ", accent=tasks[0].text, after=".")


def _cycles_to_close(
    planned: Sequence[CycleRow], answered: dict[int, int], today: date
) -> Iterator[Task]:
    for cycle in planned:
        if cycle.state is CycleState.OPEN and cycle.closes_on < today:
            yield Task(
                kind="late",
                word="To close",
                text=f"Close {cycle.name}",
                note=f"its last day is over; {_answers(cycle, answered)}",
                due_on=cycle.closes_on,
                act="Close it",
                target=_cycle(cycle),
            )


def _cycles_running(
    planned: Sequence[CycleRow], answered: dict[int, int], today: date
) -> Iterator[Task]:
    for cycle in planned:
        if cycle.state is CycleState.OPEN and cycle.closes_on >= today:
            yield Task(
                kind="open",
                word="Open",
                text=cycle.name,
                note=_answers(cycle, answered),
                due_on=cycle.closes_on,
                act="Look",
                target=_cycle(cycle),
            )


def _comments(counts: Mapping[str, int]) -> Iterator[Task]:
    if n := counts[moderation.TO_READ]:
        yield Task(
            kind="waiting",
            word="Waiting",
            text=f"Read the comments on {plural(n, 'leader')}",
            note="until then their reports do not go on",
            act="Read",
            target=Target(endpoint="feedback.comments_to_read"),
        )


def _answers(cycle: CycleRow, answered: dict[int, int]) -> str:
    if not cycle.n_invited:
        return "nobody is asked yet"
    count = Count(asked=cycle.n_invited, answered=answered.get(cycle.id, 0))
    if not cycle.tells_who_answered:
        return f"{so_far(count, exact=False, k=cycle.k)} questionnaires in"
    share = round(100 * count.answered / count.asked)
    return f"{count.answered} of {plural(count.asked, 'questionnaire')} in, {share}%"


def _cycle(cycle: CycleRow) -> Target:
    return Target(endpoint="feedback.cycle", values={"cycle_id": cycle.id})


def _late(found: Sequence[LateRow]) -> Iterator[Task]:
    for late in found:
        people = plural(late.n_people, "person has", "people have")
        yield Task(
            kind="late",
            word="Overdue",
            text=f"{people} steps overdue on {late.title}",
            act="See who",
            target=Target(endpoint="pathways.people", values={"version_id": late.version_id}),
        )


def _astray(found: Sequence[LateRow]) -> Iterator[Task]:
    for one in found:
        yield Task(
            kind="due",
            word="To decide",
            text=f"{plural(one.n_people, 'person matches', 'people match')} the rule of "
            f"{one.title} no longer",
            note="they left, or changed unit, job or cohort",
            act="Decide",
            target=Target(
                endpoint="dashboards.enrolment_rule", values={"version_id": one.version_id}
            ),
        )


def _pilots(found: Sequence[PilotDue]) -> Iterator[Task]:
    for one in found:
        yield Task(
            kind="late",
            word="Overdue",
            text=f"The pilot of {one.title} is over",
            note="until you look back, the version stays with its cohort",
            due_on=one.ends_on,
            act="Look back",
            target=Target(endpoint="pathways.pilot", values={"version_id": one.version_id}),
        )


def _needs(counts: Mapping[str, int]) -> Iterator[Task]:
    if n := counts[pathways.OPEN_NEEDS]:
        yield Task(
            kind="waiting",
            word="Waiting",
            text=f"{plural(n, 'need', 'needs')} of participants "
            f"{'waits' if n == 1 else 'wait'} for somebody",
            note="time, language, format or payment",
            act="Settle",
            target=Target(endpoint="pathways.open_needs"),
        )


def _coaching(counts: Mapping[str, int]) -> Iterator[Task]:
    target = Target(endpoint="coaching.engagements")
    if n := counts[attention.ACCREDITATIONS]:
        yield Task(
            kind="due",
            word="To renew",
            text=f"{plural(n, 'accreditation of a coach', 'accreditations of coaches')} "
            f"{'ends' if n == 1 else 'end'} within 60 days or ended",
            act="See whose",
            target=Target(endpoint="coaching.coaches", values={"show": "ending"}),
        )
    if n := counts[attention.WITHOUT_AGREEMENT]:
        yield Task(
            kind="waiting",
            word="Missing",
            text=f"{plural(n, 'engagement has', 'engagements have')} no agreement",
            note="until then a sponsor sees nothing",
            act="Agree",
            target=target,
        )
    if n := counts[attention.UNLOGGED]:
        yield Task(
            kind="late",
            word="Overdue",
            text=f"{plural(n, 'planned session was', 'planned sessions were')} not logged",
            note="their coaches see it first on their own page",
            act="Look",
            target=target,
        )
    if n := counts[attention.SILENT]:
        yield Task(
            kind="due",
            word="Silent",
            text=f"{plural(n, 'engagement', 'engagements')} without a session for 60 days",
            act="Look",
            target=target,
        )


def _map(session: Session, counts: Mapping[str, int]) -> Iterator[Task]:
    """What is left out; until somebody is on a pathway, the set-up steps say what is missing."""
    if not counts[pathways.ENROLLED]:
        return
    undeveloped = competencies.undeveloped(counts)
    titles = framework_titles(session, undeveloped)
    for version_id in sorted(undeveloped, key=lambda one: titles[one]):
        yield Task(
            kind="due",
            word="Gap",
            text=f"Nothing develops {plural(undeveloped[version_id], 'competency', 'competencies')}"
            f" of {titles[version_id]}",
            act="See which",
            target=Target(
                endpoint="dashboards.competency_map",
                values={"framework": encode(version_id), "gaps": "1"},
            ),
        )
    if n := counts[competencies.UNDESCRIBED]:
        yield Task(
            kind="due",
            word="Gap",
            text=f"{plural(n, 'role that people have is', 'roles that people have are')} "
            "described by nobody",
            note="whoever has it sees no target" if n == 1 else "whoever has them sees no target",
            act="Describe",
            target=Target(endpoint="competencies.role_profiles"),
        )


def _assignments(counts: Mapping[str, int]) -> Iterator[Task]:
    target = Target(endpoint="assignments.postings")
    if n := counts[waiting.PROPOSALS]:
        yield Task(
            kind="waiting",
            word="Waiting",
            text=f"{plural(n, 'proposed opening waits', 'proposed openings wait')} for your word",
            act="Answer",
            target=target,
        )
    if n := counts[waiting.APPLICATIONS]:
        yield Task(
            kind="waiting",
            word="Waiting",
            text=f"{plural(n, 'application waits', 'applications wait')} for an answer",
            act="Answer",
            target=target,
        )
    if n := counts[waiting.WITHOUT_PROOF]:
        yield Task(
            kind="due",
            word="Open",
            text=f"{plural(n, 'assignment', 'assignments')} ended without a proved outcome",
            note="the owner was asked",
            act="Look",
            target=target,
        )


def _courses(counts: Mapping[str, int]) -> Iterator[Task]:
    if n := counts[courses.CERTIFICATES]:
        yield Task(
            kind="waiting",
            word="Waiting",
            text=f"{plural(n, 'certificate waits', 'certificates wait')} for a reviewer",
            act="Review",
            target=Target(endpoint="courses.certificates"),
        )
    if n := counts[courses.PARKED]:
        yield Task(
            kind="waiting",
            word="To match",
            text=f"{plural(n, 'record', 'records')} from other systems cannot be placed",
            note="the course or the person is not known here",
            act="Match",
            target=Target(endpoint="courses.parked"),
        )
    if n := counts[courses.ENDING]:
        yield Task(
            kind="due",
            word="To renew",
            text=f"{plural(n, 'completion ends', 'completions end')} within 30 days",
            note="their people were told",
            act="See whose",
            target=Target(endpoint="courses.renewals"),
        )


def _beside(counts: Mapping[str, int], beside: Sequence[Beside]) -> Iterator[Task]:
    for one in beside:
        if n := counts[one.word]:
            yield Task(
                kind="waiting",
                word="Waiting",
                text=one.text(n),
                note=one.note,
                act=one.act,
                target=Target(endpoint=one.endpoint),
            )


def _troubles(counts: Mapping[str, int]) -> Iterator[Task]:
    if n := counts[outbox.UNDELIVERED]:
        yield Task(
            kind="stopped",
            word="Failed",
            text=f"{plural(n, 'message', 'messages')} could not be delivered",
            note="check the addresses",
            act="See which",
            target=Target(endpoint="dashboards.undelivered"),
        )
    if n := counts[outbox.STOPPED_FILES]:
        yield Task(
            kind="stopped",
            word="Failed",
            text=f"{plural(n, 'file', 'files')} stopped on the way in",
            note="what is stored stays, and nothing is stored twice",
            act="Go on",
            target=Target(endpoint="exchange.imports"),
        )
    if n := counts[outbox.GIVEN_UP]:
        yield Task(
            kind="stopped",
            word="Failed",
            text=f"{plural(n, 'job', 'jobs')} in the background gave up",
            note="an administrator finds the reason with the doctor command",
            act="",
            target=Target(endpoint=""),
        )
