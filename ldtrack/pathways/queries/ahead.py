"""What lies ahead of one person on their pathway, for pages that need it in passing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import Row, and_, func, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.pathways import domain
from ldtrack.pathways.domain import EnrolmentState, Progress, VersionState, Waived, fulfilled, walk
from ldtrack.pathways.models import (
    Cohort,
    Enrolment,
    Pathway,
    PathwayVersion,
    Prerequisite,
    Stage,
    Step,
    StepGroup,
    Waiver,
)
from ldtrack.pathways.queries.contents import group_of, step_of
from ldtrack.pathways.queries.enrolments import row_of
from ldtrack.pathways.queries.lived import lived

_Line = Row[Enrolment, Pathway, int, str | None, Stage, Step, StepGroup | None, int, date | None]


def ahead_on(
    session: Session, actor: Actor, person_id: int, today: date, *, agreed: bool = False
) -> Progress | None:
    """The pathway that the person is on (the latest begun), or None; two statements.

    Steps are as `progress_of` has them; gates, names of competencies and who waived what are left
    out.
    """
    lines = _lines(session, actor, person_id, agreed=agreed)
    if not lines:
        return None
    enrolment, pathway, number, cohort, *_ = lines[0]
    plan = domain.Plan(
        version_id=enrolment.version_id,
        pathway_id=pathway.id,
        title=pathway.title,
        purpose=pathway.purpose,
        number=number,
        state=VersionState.PUBLISHED,
        framework_version_id=pathway.framework_version_id,
        stages=_stages([line for line in lines if line[0] is enrolment]),
    )
    experienced = lived(session, [person_id])[person_id]
    return Progress(
        enrolment=row_of(enrolment, pathway.title, number, cohort),
        purpose=pathway.purpose,
        as_of=today,
        stages=walk(
            plan,
            enrolled_on=enrolment.enrolled_on,
            today=today,
            done=fulfilled(plan.steps, enrolment.enrolled_on, experienced),
            waived_steps={
                step.id: Waived(reason="", by="", on=waived_on)
                for *_, step, _, _, waived_on in lines
                if waived_on is not None
            },
            waived_gates={},
            extra_days=enrolment.extra_days,
        ),
    )


def _stages(lines: Sequence[_Line]) -> tuple[domain.Stage, ...]:
    return tuple(
        domain.Stage(
            id=stage.id,
            lineage=stage.lineage,
            title=stage.title,
            steps=tuple(
                _step(step, [before for *_, before, _ in of_step])
                for step, of_step in groupby(of_stage, key=lambda line: line[5])
            ),
            groups=tuple(
                {group.id: group_of(group) for *_, group, _, _ in of_stage if group}.values()
            ),
        )
        for stage, of_stage in _by_stage(lines)
    )


def _by_stage(lines: Sequence[_Line]) -> Iterator[tuple[Stage, list[_Line]]]:
    for stage, of_stage in groupby(lines, key=lambda line: line[4]):
        yield stage, list(of_stage)


def _step(step: Step, requires: Sequence[int]) -> domain.Step:
    # No prerequisite, no id: ids begin at 1.
    return step_of(step, "", [before for before in requires if before])


def _lines(session: Session, actor: Actor, person_id: int, *, agreed: bool) -> Sequence[_Line]:
    waived = and_(Waiver.enrolment_id == Enrolment.id, Waiver.step_id == Step.id)
    visible = policy.clause(
        actor, Action.READ_ENROLMENT, person_id=Enrolment.person_id, agreed=literal(agreed)
    )
    return session.execute(
        select(
            Enrolment,
            Pathway,
            PathwayVersion.number,
            Cohort.name,
            Stage,
            Step,
            StepGroup,
            func.coalesce(Prerequisite.requires_id, 0),
            Waiver.waived_on,
        )
        .join(Pathway, Pathway.id == Enrolment.pathway_id)
        .join(PathwayVersion, PathwayVersion.id == Enrolment.version_id)
        .join(Stage, Stage.version_id == Enrolment.version_id)
        .join(Step, Step.stage_id == Stage.id)
        .outerjoin(StepGroup, StepGroup.id == Step.group_id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Prerequisite, Prerequisite.step_id == Step.id)
        .outerjoin(Waiver, waived)
        .where(Enrolment.person_id == person_id, Enrolment.state == EnrolmentState.ACTIVE, visible)
        .order_by(
            Enrolment.enrolled_on.desc(),
            Enrolment.id,
            Stage.position,
            Stage.id,
            Step.position,
            Step.id,
            Prerequisite.id,
        )
    ).all()
