"""Writing stages of one version, or of a file, into another version."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from ldtrack.pathways import domain
from ldtrack.pathways.models import (
    Prerequisite,
    Stage,
    StageGate,
    StageGateKind,
    Step,
    StepGroup,
)


def copy_into(session: Session, stages: Sequence[domain.Stage], version_id: int) -> None:
    """Write stages, whose lineages stay, into a draft that has none; the copies have own ids."""
    copies: dict[int, Step] = {}
    for position, stage in enumerate(stages):
        copied = Stage(
            version_id=version_id, lineage=stage.lineage, position=position, title=stage.title
        )
        session.add(copied)
        session.flush()
        for gate in stage.gates:
            asked = StageGate(
                stage_id=copied.id,
                competency_id=gate.competency_id,
                level=gate.level,
                confidence=gate.confidence,
            )
            session.add(asked)
            session.flush()
            session.add_all(StageGateKind(gate_id=asked.id, kind=kind) for kind in gate.kinds)
        groups = {group.id: _copied(group, copied.id) for group in stage.groups}
        session.add_all(groups.values())
        session.flush()
        for place, step in enumerate(stage.steps):
            copies[step.id] = Step(
                stage_id=copied.id,
                lineage=step.lineage,
                position=place,
                kind=step.kind,
                title=step.title,
                required=step.required,
                weight=step.weight,
                course_id=step.course_id,
                posting_id=step.posting_id,
                competency_id=step.competency_id,
                level=step.level,
                text=step.text,
                address=step.address,
                group_id=groups[step.group_id].id if step.group_id is not None else None,
                due_from=step.due_from,
                due_days=step.due_days,
                due_date=step.due_date,
            )
    session.add_all(copies.values())
    session.flush()
    session.add_all(
        Prerequisite(step_id=copies[step.id].id, requires_id=copies[other].id)
        for stage in stages
        for step in stage.steps
        for other in step.requires
    )
    session.flush()


def _copied(group: domain.Group, stage_id: int) -> StepGroup:
    return StepGroup(
        stage_id=stage_id,
        lineage=group.lineage,
        title=group.title,
        choose=group.choose,
        weight=group.weight,
        due_from=group.due_from,
        due_days=group.due_days,
        due_date=group.due_date,
    )
