"""The stages of versions with their steps, gates and prerequisites, in few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ldtrack.competencies.queries import competencies_named
from ldtrack.evidence.domain import SourceKind
from ldtrack.pathways import domain
from ldtrack.pathways.models import (
    Prerequisite,
    Stage,
    StageGate,
    StageGateKind,
    Step,
    StepGroup,
)

T = TypeVar("T")


def stages_of(
    session: Session, version_ids: list[int], rows: Iterable[tuple[Stage | None, StepGroup | None]]
) -> dict[int, list[domain.Stage]]:
    """The stages of each version, given in order with their choices, with all that is in them.

    Three statements; the caller checked who is asking.
    """
    stages: dict[int, Stage] = {}
    groups: dict[int, list[domain.Group]] = defaultdict(list)
    for stage, group in rows:
        # A version without stages comes with none instead of one, a stage likewise.
        if stage is not None:
            stages[stage.id] = stage
        if group is not None:
            groups[group.stage_id].append(group_of(group))
    here = Stage.version_id.in_(version_ids)
    steps, requires = _steps(session, here)
    gates, kinds = _gates(session, version_ids)
    named = {gate.competency_id for gate in gates} | {step.competency_id or 0 for step in steps}
    names = {row.id: row.name for row in competencies_named(session, named).values()}
    steps_in = _grouped(
        (row.stage_id, step_of(row, names.get(row.competency_id or 0, ""), requires[row.id]))
        for row in steps
    )
    gates_in = _grouped((row.stage_id, _gate(row, names, kinds[row.id])) for row in gates)
    return _grouped(
        (
            row.version_id,
            domain.Stage(
                id=row.id,
                lineage=row.lineage,
                title=row.title,
                steps=tuple(steps_in[row.id]),
                gates=tuple(sorted(gates_in[row.id], key=lambda gate: gate.competency)),
                groups=tuple(groups[row.id]),
            ),
        )
        for row in stages.values()
    )


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for key, thing in pairs:
        found[key].append(thing)
    return found


def _steps(session: Session, here: ColumnElement[bool]) -> tuple[list[Step], dict[int, list[int]]]:
    """The steps in the order of the design, and for each, likewise, what comes before it."""
    rows = session.execute(
        select(Step, Prerequisite.requires_id)
        .join(Stage)
        .outerjoin(Prerequisite, Prerequisite.step_id == Step.id)
        .where(here)
        .order_by(Stage.position, Step.position, Step.id)
    ).all()
    steps = {step.id: step for step, _ in rows}
    place = {step_id: number for number, step_id in enumerate(steps)}
    # A step that waits for nothing comes with none.
    requires = _grouped((step.id, before) for step, before in rows if before in place)
    for before in requires.values():
        before.sort(key=place.__getitem__)
    return list(steps.values()), requires


def _gates(
    session: Session, version_ids: list[int]
) -> tuple[list[StageGate], dict[int, list[SourceKind]]]:
    """The gates of the versions, and the kinds of evidence that each asks for."""
    rows = session.execute(
        select(StageGate, StageGateKind.kind)
        .join(Stage)
        .outerjoin(StageGateKind, StageGateKind.gate_id == StageGate.id)
        .where(Stage.version_id.in_(version_ids))
        .order_by(StageGateKind.kind)
    ).all()
    gates: dict[int, StageGate] = {}
    kinds: dict[int, list[SourceKind]] = defaultdict(list)
    for gate, kind in rows:
        gates[gate.id] = gate
        # A gate that any evidence opens comes with none.
        kinds[gate.id] += [SourceKind(found) for found in (kind,) if found]
    return list(gates.values()), kinds


def _gate(row: StageGate, names: dict[int, str], kinds: Sequence[SourceKind]) -> domain.Gate:
    return domain.Gate(
        id=row.id,
        competency_id=row.competency_id,
        competency=names[row.competency_id],
        level=row.level,
        confidence=domain.Confidence(row.confidence) if row.confidence else None,
        kinds=tuple(kinds),
    )


def step_of(row: Step, competency: str, requires: Sequence[int]) -> domain.Step:
    """A stored step with the name of its competency and what comes before it."""
    return domain.Step(
        id=row.id,
        lineage=row.lineage,
        kind=domain.StepKind(row.kind),
        title=row.title,
        required=row.required,
        weight=row.weight,
        course_id=row.course_id,
        posting_id=row.posting_id,
        competency_id=row.competency_id,
        competency=competency,
        level=row.level,
        text=row.text,
        address=row.address,
        group_id=row.group_id,
        due_from=domain.DueFrom(row.due_from),
        due_days=row.due_days,
        due_date=row.due_date,
        requires=tuple(requires),
    )


def group_of(row: StepGroup) -> domain.Group:
    """A stored choice."""
    return domain.Group(
        id=row.id,
        lineage=row.lineage,
        title=row.title,
        choose=row.choose,
        weight=row.weight,
        due_from=domain.DueFrom(row.due_from),
        due_days=row.due_days,
        due_date=row.due_date,
    )
