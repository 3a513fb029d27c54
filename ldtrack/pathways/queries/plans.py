"""Pathways as they were designed: the catalogue, and whole versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competency_name_of
from ldtrack.core.errors import NotVisible
from ldtrack.pathways import domain
from ldtrack.pathways.domain import (
    EnrolmentState,
    PathwayRow,
    Plan,
    VersionRow,
    VersionState,
)
from ldtrack.pathways.models import (
    Enrolment,
    Pathway,
    PathwayClosing,
    PathwayVersion,
    Stage,
    StageGate,
    StageGateKind,
    Step,
    StepGroup,
)
from ldtrack.pathways.queries.contents import Drawn, stages_of, step_of


def catalogue(session: Session, actor: Actor) -> list[PathwayRow]:
    """Pathways by title with the versions that the actor may see; drafts are for their authors."""
    pathways = session.execute(
        select(Pathway, PathwayClosing.closed_on)
        .outerjoin(
            PathwayClosing,
            and_(PathwayClosing.pathway_id == Pathway.id, PathwayClosing.reopened_on.is_(None)),
        )
        .where(policy.clause(actor, Action.READ_PATHWAY))
        .order_by(Pathway.title, Pathway.id)
    ).all()
    versions = _versions(session, _visible(actor))
    return [
        PathwayRow(
            id=row.id,
            title=row.title,
            purpose=row.purpose,
            framework_version_id=row.framework_version_id,
            versions=tuple(versions[row.id]),
            closed_on=closed_on,
        )
        for row, closed_on in pathways
        if row.id in versions
    ]


def versions_of(session: Session, actor: Actor, pathway_id: int) -> tuple[VersionRow, ...]:
    """The versions of one pathway that the actor may see, newest first; one statement."""
    here = PathwayVersion.pathway_id == pathway_id
    return tuple(_versions(session, here & _visible(actor)).get(pathway_id, ()))


def pathway(session: Session, actor: Actor, version_id: int) -> Plan:
    """One version, whole, else `NotVisible`; two statements."""
    found = _plans(session, [version_id], _visible(actor))
    if version_id not in found:
        raise NotVisible
    return found[version_id]


def cover(session: Session, actor: Actor, version_id: int) -> Plan:
    """One version without its stages, else `NotVisible`; one statement."""
    found = session.execute(
        select(PathwayVersion, Pathway)
        .join(Pathway, Pathway.id == PathwayVersion.pathway_id)
        .where(PathwayVersion.id == version_id, _visible(actor))
    ).first()
    if found is None:
        raise NotVisible
    return _plan(*found, ())


def plans(session: Session, version_ids: Iterable[int]) -> dict[int, Plan]:
    """Whole versions by id, for callers that checked who is asking."""
    wanted = sorted(set(version_ids))
    return _plans(session, wanted, true()) if wanted else {}


def _plans(session: Session, wanted: list[int], visible: ColumnElement[bool]) -> dict[int, Plan]:
    rows = session.execute(
        select(
            PathwayVersion,
            Pathway,
            Stage,
            StepGroup,
            StageGate,
            competency_name_of(StageGate.competency_id),
            StageGateKind.kind,
        )
        .join(Pathway, Pathway.id == PathwayVersion.pathway_id)
        .outerjoin(Stage, Stage.version_id == PathwayVersion.id)
        .outerjoin(StepGroup, StepGroup.stage_id == Stage.id)
        .outerjoin(StageGate, StageGate.stage_id == Stage.id)
        .outerjoin(StageGateKind, StageGateKind.gate_id == StageGate.id)
        .where(PathwayVersion.id.in_(wanted), visible)
        .order_by(Stage.position, Stage.id, StepGroup.title, StepGroup.id)
    ).all()
    if not rows:
        return {}
    stages = stages_of(session, wanted, [Drawn(*row[2:]) for row in rows])
    return {version.id: _plan(version, row, stages[version.id]) for version, row, *_ in rows}


def published_version(session: Session, pathway_id: int) -> int | None:
    """The version of a pathway that takes people; `None` if there is none."""
    return session.scalar(
        select(PathwayVersion.id).where(
            PathwayVersion.pathway_id == pathway_id, PathwayVersion.state == VersionState.PUBLISHED
        )
    )


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


def version_of_group(session: Session, actor: Actor, group_id: int) -> Plan:
    """The version that a choice belongs to, else `NotVisible`."""
    version_id = session.scalar(
        select(Stage.version_id)
        .join(StepGroup, StepGroup.stage_id == Stage.id)
        .where(StepGroup.id == group_id)
    )
    return pathway(session, actor, version_id or 0)


def step_to_tell(session: Session, actor: Actor, step_id: int) -> domain.Step:
    """A step of a way that the actor is on and that is done when they say so, else `NotVisible`."""
    step = session.scalar(
        select(Step)
        .join(Stage, Stage.id == Step.stage_id)
        .join(Enrolment, Enrolment.version_id == Stage.version_id)
        .where(
            Step.id == step_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            policy.clause(actor, Action.TELL_STEP, person_id=Enrolment.person_id),
        )
    )
    if step is None or not domain.StepKind(step.kind).is_told:
        raise NotVisible
    return step_of(step, "", ())


def _plan(version: PathwayVersion, row: Pathway, stages: Sequence[domain.Stage]) -> Plan:
    return Plan(
        version_id=version.id,
        pathway_id=row.id,
        title=row.title,
        purpose=row.purpose,
        number=version.number,
        state=VersionState(version.state),
        framework_version_id=row.framework_version_id,
        largest_share=row.largest_share,
        stages=tuple(stages),
    )


def _visible(actor: Actor) -> ColumnElement[bool]:
    return policy.clause(actor, Action.READ_PATHWAY) & or_(
        PathwayVersion.state != VersionState.DRAFT, policy.clause(actor, Action.WRITE_PATHWAY)
    )


def _versions(session: Session, wanted: ColumnElement[bool]) -> dict[int, list[VersionRow]]:
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
        .where(wanted)
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
