"""The stages of versions with their steps, gates and prerequisites, in few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ldtrack.competencies.queries import competency_name_of
from ldtrack.evidence.domain import SourceKind
from ldtrack.pathways import domain
from ldtrack.pathways.models import Prerequisite, Stage, StageGate, Step, StepGroup

T = TypeVar("T")


class Drawn(NamedTuple):
    """A stage with one choice, one gate and one kind of evidence of it, as far as it has any."""

    stage: Stage | None
    group: StepGroup | None
    gate: StageGate | None
    competency: str | None
    kind: str | None


def stages_of(
    session: Session, version_ids: list[int], rows: Iterable[Drawn]
) -> dict[int, list[domain.Stage]]:
    """The stages of each version, given in order with their choices and gates, with their steps.

    One statement; the caller checked who is asking.
    """
    stages: dict[int, Stage] = {}
    groups: dict[int, dict[int, domain.Group]] = defaultdict(dict)
    gates: dict[int, tuple[StageGate, str]] = {}
    kinds: dict[int, set[SourceKind]] = defaultdict(set)
    for row in rows:
        # A version without stages comes with none instead of one, a stage likewise.
        if row.stage is not None:
            stages[row.stage.id] = row.stage
        if row.group is not None:
            groups[row.group.stage_id][row.group.id] = group_of(row.group)
        if row.gate is not None:
            gates[row.gate.id] = row.gate, row.competency or ""
            # A gate that any evidence opens comes with none.
            kinds[row.gate.id].update(SourceKind(found) for found in (row.kind,) if found)
    steps_in = _steps(session, Stage.version_id.in_(version_ids))
    gates_in = _grouped(
        (gate.stage_id, _gate(gate, name, sorted(kinds[gate.id]))) for gate, name in gates.values()
    )
    return _grouped(
        (
            row.version_id,
            domain.Stage(
                id=row.id,
                lineage=row.lineage,
                title=row.title,
                steps=tuple(steps_in[row.id]),
                gates=tuple(sorted(gates_in[row.id], key=lambda gate: gate.competency)),
                groups=tuple(groups[row.id].values()),
            ),
        )
        for row in stages.values()
    )


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for key, thing in pairs:
        found[key].append(thing)
    return found


def _steps(session: Session, here: ColumnElement[bool]) -> dict[int, list[domain.Step]]:
    """The steps by stage in the order of the design, each with what comes before it, likewise."""
    rows = session.execute(
        select(Step, competency_name_of(Step.competency_id), Prerequisite.requires_id)
        .join(Stage)
        .outerjoin(Prerequisite, Prerequisite.step_id == Step.id)
        .where(here)
        .order_by(Stage.position, Step.position, Step.id)
    ).all()
    steps = {step.id: (step, name or "") for step, name, _ in rows}
    place = {step_id: number for number, step_id in enumerate(steps)}
    # A step that waits for nothing comes with none.
    requires = _grouped((step.id, before) for step, _, before in rows if before in place)
    for before in requires.values():
        before.sort(key=place.__getitem__)
    return _grouped(
        (step.stage_id, step_of(step, name, requires[step.id])) for step, name in steps.values()
    )


def _gate(row: StageGate, competency: str, kinds: Sequence[SourceKind]) -> domain.Gate:
    return domain.Gate(
        id=row.id,
        competency_id=row.competency_id,
        competency=competency,
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
