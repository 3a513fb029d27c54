"""Pathways as they were designed: the catalogue, and whole versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.pathways.domain import (
    EnrolmentState,
    PathwayRow,
    Plan,
    StepPlace,
    VersionRow,
    VersionState,
)
from ldtrack.pathways.models import Enrolment, Pathway, PathwayVersion, Stage, Step
from ldtrack.pathways.queries.contents import stages_of


def catalogue(session: Session, actor: Actor) -> list[PathwayRow]:
    """Pathways by title with the versions that the actor may see; drafts are for their authors."""
    pathways = session.scalars(
        select(Pathway)
        .where(policy.clause(actor, Action.READ_PATHWAY))
        .order_by(Pathway.title, Pathway.id)
    ).all()
    versions = _versions(session, actor)
    return [
        PathwayRow(
            id=row.id,
            title=row.title,
            purpose=row.purpose,
            framework_version_id=row.framework_version_id,
            versions=tuple(versions[row.id]),
        )
        for row in pathways
        if row.id in versions
    ]


def pathway(session: Session, actor: Actor, version_id: int) -> Plan:
    """One version, whole, else `NotVisible`."""
    visible = session.scalar(
        select(PathwayVersion.id).where(PathwayVersion.id == version_id, _visible(actor))
    )
    if visible is None:
        raise NotVisible
    return plans(session, [version_id])[version_id]


def plans(session: Session, version_ids: Iterable[int]) -> dict[int, Plan]:
    """Whole versions by id, for callers that checked who is asking."""
    wanted = sorted(set(version_ids))
    if not wanted:
        return {}
    stages = stages_of(session, wanted)
    rows = session.execute(
        select(PathwayVersion, Pathway)
        .join(Pathway, Pathway.id == PathwayVersion.pathway_id)
        .where(PathwayVersion.id.in_(wanted))
    )
    return {
        version.id: Plan(
            version_id=version.id,
            pathway_id=row.id,
            title=row.title,
            purpose=row.purpose,
            number=version.number,
            state=VersionState(version.state),
            framework_version_id=row.framework_version_id,
            stages=tuple(stages[version.id]),
        )
        for version, row in rows
    }


def version_of_stage(session: Session, actor: Actor, stage_id: int) -> Plan:
    """The version that a stage belongs to, else `NotVisible`."""
    version_id = session.scalar(select(Stage.version_id).where(Stage.id == stage_id))
    return pathway(session, actor, version_id or 0)


def version_of_step(session: Session, actor: Actor, step_id: int) -> Plan:
    """The version that a step belongs to, else `NotVisible`."""
    version_id = session.scalar(
        select(Stage.version_id).join(Step, Step.stage_id == Stage.id).where(Step.id == step_id)
    )
    return pathway(session, actor, version_id or 0)


def steps_developing(
    session: Session, competency_ids: Collection[int]
) -> dict[int, list[StepPlace]]:
    """Steps of published versions, by the competency that the step itself names."""
    rows = session.execute(
        select(Step.competency_id, PathwayVersion.id, Pathway.title, Step.title)
        .join(Stage, Stage.id == Step.stage_id)
        .join(PathwayVersion, PathwayVersion.id == Stage.version_id)
        .join(Pathway, Pathway.id == PathwayVersion.pathway_id)
        .where(
            Step.competency_id.in_(sorted(set(competency_ids))),
            PathwayVersion.state == VersionState.PUBLISHED,
        )
        .order_by(Pathway.title, Stage.position, Step.position, Step.id)
    )
    found: dict[int, list[StepPlace]] = defaultdict(list)
    for competency_id, version_id, title, step in rows:
        place = StepPlace(version_id=version_id, pathway=title, step=step)
        found[competency_id or 0].append(place)
    return dict(found)


def _visible(actor: Actor) -> ColumnElement[bool]:
    return policy.clause(actor, Action.READ_PATHWAY) & or_(
        PathwayVersion.state != VersionState.DRAFT, policy.clause(actor, Action.WRITE_PATHWAY)
    )


def _versions(session: Session, actor: Actor) -> dict[int, list[VersionRow]]:
    enrolled = select(func.count()).where(Enrolment.version_id == PathwayVersion.id)
    steps = (
        select(func.count())
        .select_from(Step)
        .join(Stage, Stage.id == Step.stage_id)
        .where(Stage.version_id == PathwayVersion.id)
    )
    rows = session.execute(
        select(
            PathwayVersion,
            steps.scalar_subquery(),
            enrolled.where(Enrolment.state == EnrolmentState.ACTIVE).scalar_subquery(),
            enrolled.scalar_subquery(),
        )
        .where(_visible(actor))
        .order_by(PathwayVersion.number.desc())
    )
    found: dict[int, list[VersionRow]] = defaultdict(list)
    for version, n_steps, n_active, n_enrolled in rows:
        found[version.pathway_id].append(
            VersionRow(
                id=version.id,
                number=version.number,
                state=VersionState(version.state),
                n_steps=n_steps,
                n_active=n_active,
                n_enrolled=n_enrolled,
            )
        )
    return dict(found)
