"""What a version holds, without what its steps wait for and close with; for whoever is invited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.courses.queries import hours_named_by
from ldtrack.pathways import domain
from ldtrack.pathways.models import Stage, Step, StepGroup
from ldtrack.pathways.queries.contents import group_of, step_of


def outline(
    session: Session, version_id: int
) -> tuple[list[domain.Stage], dict[int, float | None]]:
    """Stages with steps and choices, and the lengths of their courses in hours; two statements.

    The caller checked who is asking.
    """
    stages = session.execute(
        select(Stage, StepGroup)
        .outerjoin(StepGroup, StepGroup.stage_id == Stage.id)
        .where(Stage.version_id == version_id)
        .order_by(Stage.position, Stage.id, StepGroup.title, StepGroup.id)
    ).all()
    rows = session.execute(
        select(Step, hours_named_by(Step.course_id))
        .join(Stage, Stage.id == Step.stage_id)
        .where(Stage.version_id == version_id)
        .order_by(Step.position, Step.id)
    ).all()
    steps: dict[int, list[domain.Step]] = defaultdict(list)
    for row, _ in rows:
        steps[row.stage_id].append(step_of(row, "", ()))
    groups = _choices([(stage.id, group) for stage, group in stages])
    return [
        domain.Stage(
            id=stage.id,
            lineage=stage.lineage,
            title=stage.title,
            steps=tuple(steps[stage.id]),
            groups=tuple(groups[stage.id]),
        )
        for stage in {stage.id: stage for stage, _ in stages}.values()
    ], {row.course_id: hours for row, hours in rows if row.course_id is not None}


def _choices(rows: Iterable[tuple[int, StepGroup | None]]) -> dict[int, list[domain.Group]]:
    found: dict[int, list[domain.Group]] = defaultdict(list)
    for stage_id, group in rows:
        # A stage without choices comes with none instead of one.
        if group is not None:
            found[stage_id].append(group_of(group))
    return found
