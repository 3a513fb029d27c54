"""Publishing a version, and starting the next one as a copy of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways.domain import Group, Plan, VersionState, order, unpublishable
from ldtrack.pathways.models import (
    PathwayVersion,
    Prerequisite,
    Stage,
    StageGate,
    StageGateKind,
    Step,
    StepGroup,
)
from ldtrack.pathways.queries import plans
from ldtrack.pathways.service import drafts


def publish(session: Session, actor: Actor, version_id: int, *, today: date | None = None) -> None:
    """Publish a draft; from here on it does not change, and the one before takes nobody new.

    With `today`, one that is due on a day that is past is refused.
    """
    version = drafts.draft(session, actor, version_id)
    plan = plans(session, [version_id])[version_id]
    if problem := unpublishable(plan, today):
        raise RuleBroken("", problem)
    order(
        {step.id: step.title for step in plan.steps},
        {step.id: step.requires for step in plan.steps},
    )
    for earlier in session.scalars(
        select(PathwayVersion).where(
            PathwayVersion.pathway_id == version.pathway_id,
            PathwayVersion.state == VersionState.PUBLISHED,
        )
    ):
        earlier.state = VersionState.RETIRED
    version.state = VersionState.PUBLISHED
    session.flush()


def start_new_version(session: Session, actor: Actor, version_id: int) -> int:
    """A draft copied from a published version; the one that exists, if there is one already.

    Who is on the published version stays there.
    """
    version = drafts.version(session, actor, version_id)
    if version.state == VersionState.DRAFT:
        return version.id
    here = session.scalar(
        select(PathwayVersion.id).where(
            PathwayVersion.pathway_id == version.pathway_id,
            PathwayVersion.state == VersionState.DRAFT,
        )
    )
    if here is not None:
        return here
    latest = session.scalar(
        select(func.max(PathwayVersion.number)).where(
            PathwayVersion.pathway_id == version.pathway_id
        )
    )
    draft = PathwayVersion(pathway_id=version.pathway_id, number=(latest or 0) + 1)
    session.add(draft)
    session.flush()
    _copy(session, plans(session, [version_id])[version_id], draft.id)
    return draft.id


def _copy(session: Session, plan: Plan, version_id: int) -> None:
    copies: dict[int, Step] = {}
    for position, stage in enumerate(plan.stages):
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
        for step in plan.steps
        for other in step.requires
    )
    session.flush()


def _copied(group: Group, stage_id: int) -> StepGroup:
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
