"""The stages of versions with their steps, gates and prerequisites, in few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ldtrack.competencies.queries import competencies_named
from ldtrack.pathways import domain
from ldtrack.pathways.models import Prerequisite, Stage, StageGate, Step

T = TypeVar("T")


def stages_of(session: Session, version_ids: list[int]) -> dict[int, list[domain.Stage]]:
    """The stages of each version, in order; the caller checked who is asking."""
    here = Stage.version_id.in_(version_ids)
    stages = session.scalars(select(Stage).where(here).order_by(Stage.position, Stage.id)).all()
    steps = session.scalars(
        select(Step).join(Stage).where(here).order_by(Step.position, Step.id)
    ).all()
    gates = session.scalars(select(StageGate).join(Stage).where(here)).all()
    named = {gate.competency_id for gate in gates} | {step.competency_id or 0 for step in steps}
    names = {row.id: row.name for row in competencies_named(session, named).values()}
    requires = _requires(session, version_ids)
    steps_in = _grouped(
        (row.stage_id, step_of(row, names.get(row.competency_id or 0, ""), requires[row.id]))
        for row in steps
    )
    gates_in = _grouped((row.stage_id, _gate(row, names)) for row in gates)
    return _grouped(
        (
            row.version_id,
            domain.Stage(
                id=row.id,
                title=row.title,
                steps=tuple(steps_in[row.id]),
                gates=tuple(sorted(gates_in[row.id], key=lambda gate: gate.competency)),
            ),
        )
        for row in stages
    )


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for key, thing in pairs:
        found[key].append(thing)
    return found


def _requires(session: Session, version_ids: list[int]) -> dict[int, list[int]]:
    """For each step, what comes before it, in the order of the design."""
    before = aliased(Step)
    stage = aliased(Stage)
    pairs = session.execute(
        select(Prerequisite.step_id, Prerequisite.requires_id)
        .join(before, before.id == Prerequisite.requires_id)
        .join(stage, stage.id == before.stage_id)
        .where(stage.version_id.in_(version_ids))
        .order_by(stage.position, before.position, before.id)
    )
    return _grouped(pairs)


def _gate(row: StageGate, names: dict[int, str]) -> domain.Gate:
    return domain.Gate(
        id=row.id,
        competency_id=row.competency_id,
        competency=names[row.competency_id],
        level=row.level,
    )


def step_of(row: Step, competency: str, requires: Sequence[int]) -> domain.Step:
    """A stored step with the name of its competency and what comes before it."""
    return domain.Step(
        id=row.id,
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
        due_days=row.due_days,
        requires=tuple(requires),
    )
