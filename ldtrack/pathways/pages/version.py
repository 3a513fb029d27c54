"""One version of a pathway, as its author and everybody else see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import PostingRow
from ldtrack.assignments.queries import postings_named
from ldtrack.competencies.domain import ScaleRow
from ldtrack.competencies.queries import competencies, framework, scale
from ldtrack.courses.domain import CourseRow
from ldtrack.courses.queries import courses_named
from ldtrack.pathways.domain import (
    Balance,
    Gate,
    ItemKind,
    PathwayRow,
    PilotRow,
    Plan,
    Step,
    StepKind,
    VersionRow,
    VersionState,
    balance,
    unpublishable,
    warnings,
)
from ldtrack.pathways.pages.graph import Drawing, drawing_of
from ldtrack.pathways.queries import Origin, carried, catalogue, pathway, pilot_before, pilot_of


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """A version with the versions beside it; `asks` says what each step asks for, by id.

    `bound` is what came locked with a programme, by kind and lineage.
    """

    plan: Plan
    row: PathwayRow
    version: VersionRow
    framework: str
    asks: dict[int, str]
    gate_words: dict[int, str]
    advice: list[str]
    balance: Balance
    problem: str | None
    drawing: Drawing | None
    may_write: bool
    origin: Origin | None
    pilot: PilotRow | None
    pilot_before: int | None
    bound: frozenset[tuple[ItemKind, int]]
    kinds: tuple[StepKind, ...] = tuple(StepKind)

    def titles_of(self, step_ids: Collection[int]) -> list[str]:
        """Titles of steps, in the order of the design."""
        return [step.title for step in self.plan.steps if step.id in step_ids]

    def is_locked(self, kind: str, lineage: int) -> bool:
        """Whether a piece may not be changed here."""
        return (ItemKind(kind), lineage) in self.bound

    @property
    def group_titles(self) -> dict[int, str]:
        """The titles of choices by id."""
        return {group.id: group.title for stage in self.plan.stages for group in stage.groups}

    @property
    def others(self) -> list[VersionRow]:
        """The other versions, newest first."""
        return [row for row in self.row.versions if row.id != self.plan.version_id]

    @property
    def n_elsewhere(self) -> int:
        """People on their way on other versions; this one does not touch them."""
        return self.row.n_active - self.version.n_active

    @property
    def draft_id(self) -> int | None:
        """The draft that is being written, if there is one."""
        drafts = [row.id for row in self.row.versions if row.state is VersionState.DRAFT]
        return drafts[0] if drafts else None


def version_page(session: Session, actor: Actor, version_id: int, today: date) -> VersionPage:
    """One version, else `NotVisible`."""
    plan = pathway(session, actor, version_id)
    row = next(row for row in catalogue(session, actor) if row.id == plan.pathway_id)
    edition = framework(session, plan.framework_version_id)
    levels = scale(session, plan.framework_version_id)
    courses = courses_named(session, {step.course_id or 0 for step in plan.steps})
    postings = postings_named(session, {step.posting_id or 0 for step in plan.steps})
    may_write = policy.could(actor, Action.WRITE_PATHWAY)
    tried = pilot_of(session, actor, version_id) if may_write else None
    kept = carried(session, actor, plan.pathway_id) if may_write else None
    spread = balance(plan, _domains(session, plan, courses))
    return VersionPage(
        plan=plan,
        row=row,
        version=next(version for version in row.versions if version.id == version_id),
        framework=f"{edition.title}, version {edition.version}",
        asks={step.id: _asks(step, courses, postings, levels) for step in plan.steps},
        gate_words={
            gate.id: gate_words(gate, levels) for stage in plan.stages for gate in stage.gates
        },
        advice=[*warnings(plan), *spread.warnings],
        balance=spread,
        problem=unpublishable(plan, today),
        drawing=drawing_of(plan),
        may_write=may_write,
        origin=kept.origin if kept else None,
        pilot=tried,
        pilot_before=pilot_before(session, actor, version_id) if may_write else None,
        bound=kept.bound if kept else frozenset(),
    )


def _domains(session: Session, plan: Plan, courses: dict[int, CourseRow]) -> dict[int, set[str]]:
    """The domains of the pathway's framework that each step develops, by step."""
    domain_of = {row.id: row.domain for row in competencies(session, plan.framework_version_id)}
    found: dict[int, set[str]] = {}
    for step in plan.steps:
        course = courses.get(step.course_id or 0)
        developed = {each.competency_id for each in course.develops} if course else set()
        named = developed | {step.competency_id or 0}
        found[step.id] = {domain_of[each] for each in named if each in domain_of}
    return found


def gate_words(gate: Gate, levels: ScaleRow) -> str:
    """`Coaching others at level 3, Intermediate; fairly sure; with 360 feedback`."""
    parts = [f"{gate.competency} at {levels.words(gate.level)}"]
    if gate.confidence is not None:
        parts.append(gate.confidence.label)
    if gate.kinds:
        parts.append(f"with {' and '.join(kind.label for kind in gate.kinds)}")
    return "; ".join(parts)


def _asks(
    step: Step,
    courses: dict[int, CourseRow],
    postings: dict[int, PostingRow],
    levels: ScaleRow,
) -> str:
    if step.course_id in courses:
        course = courses[step.course_id]
        return f"{course.title} ({course.code})" if course.title != step.title else course.code
    if step.posting_id in postings:
        return postings[step.posting_id].title
    if step.level is not None:
        return f"{step.competency} at {levels.words(step.level)}"
    return step.competency
