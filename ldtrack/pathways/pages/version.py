"""One version of a pathway, as its author and everybody else see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import posting_titles
from ldtrack.competencies.domain import CompetencyRow, ScaleRow
from ldtrack.competencies.queries import framework, with_scales
from ldtrack.courses.domain import CourseOutline
from ldtrack.courses.queries import courses_outlined
from ldtrack.pathways.domain import (
    Balance,
    ClosingRow,
    Gate,
    ItemKind,
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
from ldtrack.pathways.queries import (
    Origin,
    carried,
    closing_of,
    pathway,
    pilots_so_far,
    versions_of,
)
from ldtrack.ui.dates import count_of


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """A version with the versions beside it; `asks` says what each step asks for, by id.

    `bound` is what came locked with a programme, by kind and lineage; `closing` says why the
    pathway is closed, if it is.
    """

    plan: Plan
    versions: tuple[VersionRow, ...]
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
    has_pilot_before: bool
    bound: frozenset[tuple[ItemKind, int]]
    closing: ClosingRow | None
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
        return [row for row in self.versions if row.id != self.plan.version_id]

    @property
    def n_elsewhere(self) -> int:
        """People on their way on other versions; this one does not touch them."""
        return sum(row.n_active for row in self.others)

    @property
    def what_publishing_does(self) -> str:
        """What becomes of this draft and of the version that takes people so far."""
        says = "It does not change any more, and people can be enrolled on it."
        before = next((row for row in self.others if row.state is VersionState.PUBLISHED), None)
        if before is not None:
            stay = count_of(before.n_active, "person on it stays", "people on it stay")
            on_it = f"; the {stay} there" if before.n_active else ""
            says += f" Version {before.number} takes nobody new{on_it}."
        return f"{says} While nobody is on it you can make it a draft again."

    @property
    def may_take_back(self) -> bool:
        """Whether it was published for nobody yet; see `service.take_publication_back`."""
        untouched = not self.version.n_enrolled and self.pilot is None
        return self.may_write and untouched and self.draft_id is None

    @property
    def may_drop(self) -> bool:
        """Whether this draft can be thrown away; see `service.drop_draft`."""
        return self.plan.is_draft and not (self.origin and self.others)

    @property
    def draft_id(self) -> int | None:
        """The draft that is being written, if there is one."""
        drafts = [row.id for row in self.versions if row.state is VersionState.DRAFT]
        return drafts[0] if drafts else None


def version_page(session: Session, actor: Actor, version_id: int, today: date) -> VersionPage:
    """One version, else `NotVisible`."""
    plan = pathway(session, actor, version_id)
    versions = versions_of(session, actor, plan.pathway_id)
    edition = framework(session, plan.framework_version_id)
    courses = courses_outlined(session, {step.course_id for step in plan.steps if step.course_id})
    postings = posting_titles(session, {step.posting_id for step in plan.steps if step.posting_id})
    named, scales = with_scales(session, _named(plan, courses))
    # Where nothing names a competency, nothing is said of levels.
    levels = scales.get(plan.framework_version_id, ScaleRow(levels=()))
    may_write = policy.could(actor, Action.WRITE_PATHWAY)
    pilots = pilots_so_far(session, actor, version_id) if may_write else None
    kept = carried(session, actor, plan.pathway_id) if may_write else None
    # One that takes people is not closed.
    asks_why = may_write and all(row.state is not VersionState.PUBLISHED for row in versions)
    spread = balance(plan, _domains(plan, courses, named))
    return VersionPage(
        plan=plan,
        versions=versions,
        version=next(version for version in versions if version.id == version_id),
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
        pilot=pilots.own if pilots else None,
        has_pilot_before=pilots is not None and pilots.before is not None,
        bound=kept.bound if kept else frozenset(),
        closing=closing_of(session, actor, plan.pathway_id) if asks_why else None,
    )


def _named(plan: Plan, courses: Mapping[int, CourseOutline]) -> set[int]:
    """The competencies that something in the version is about."""
    gates = {gate.competency_id for stage in plan.stages for gate in stage.gates}
    return gates.union(*(_about(step, courses) for step in plan.steps))


def _about(step: Step, courses: Mapping[int, CourseOutline]) -> frozenset[int]:
    course = courses.get(step.course_id or 0)
    developed = course.develops if course else frozenset()
    return developed | {step.competency_id} if step.competency_id else developed


def _domains(
    plan: Plan, courses: Mapping[int, CourseOutline], named: Mapping[int, CompetencyRow]
) -> dict[int, set[str]]:
    """The domains of the pathway's framework that each step develops, by step."""
    domain_of = {
        row.id: row.domain
        for row in named.values()
        if row.framework_version_id == plan.framework_version_id
    }
    return {
        step.id: {domain_of[one] for one in _about(step, courses) if one in domain_of}
        for step in plan.steps
    }


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
    courses: Mapping[int, CourseOutline],
    postings: Mapping[int, str],
    levels: ScaleRow,
) -> str:
    course = courses.get(step.course_id or 0)
    if course is not None:
        return f"{course.title} ({course.code})" if course.title != step.title else course.code
    if step.posting_id is not None and step.posting_id in postings:
        return postings[step.posting_id]
    if step.level is not None:
        return f"{step.competency} at {levels.words(step.level)}"
    return step.competency
