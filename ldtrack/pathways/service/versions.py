"""Publishing a version, and starting the next one as a copy of it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways.domain import Plan, VersionState, order, unpublishable
from ldtrack.pathways.models import PathwayVersion, Prerequisite, Stage, StageGate, Step
from ldtrack.pathways.queries import plans
from ldtrack.pathways.service import drafts


def publish(session: Session, actor: Actor, version_id: int) -> None:
    """Publish a draft; from here on it does not change, and the one before takes nobody new."""
    version = drafts.draft(session, actor, version_id)
    plan = plans(session, [version_id])[version_id]
    if problem := unpublishable(plan):
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
        copied = Stage(version_id=version_id, position=position, title=stage.title)
        session.add(copied)
        session.flush()
        session.add_all(
            StageGate(stage_id=copied.id, competency_id=gate.competency_id, level=gate.level)
            for gate in stage.gates
        )
        for place, step in enumerate(stage.steps):
            copies[step.id] = Step(
                stage_id=copied.id,
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
                due_days=step.due_days,
            )
    session.add_all(copies.values())
    session.flush()
    session.add_all(
        Prerequisite(step_id=copies[step.id].id, requires_id=copies[other].id)
        for step in plan.steps
        for other in step.requires
    )
    session.flush()
