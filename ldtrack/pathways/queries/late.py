"""On which pathways people are late, for those who look after pathways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.pathways import domain
from ldtrack.pathways.domain import (
    EnrolmentRow,
    Group,
    LateRow,
    Lived,
    OnTheWay,
    Plan,
    Step,
    VersionState,
    Waived,
    fulfilled,
    walk,
)
from ldtrack.pathways.models import Stage, StepGroup, Waiver
from ldtrack.pathways.models import Step as StepTable
from ldtrack.pathways.queries.contents import group_of, step_of
from ldtrack.pathways.queries.enrolments import active_enrolments
from ldtrack.pathways.queries.lived import lived

MOST = 400
"""People who are looked at, those longest on their way first: more cannot be acted on at once."""


def on_the_way(session: Session, actor: Actor, today: date) -> OnTheWay:
    """How many people are looked at, and the versions on which some of them have a step overdue.

    Four statements; one if nobody is on the way.
    """
    rows = active_enrolments(session, actor, most=MOST)
    if not rows:
        return OnTheWay(n_people=0, late=())
    late = Counter((row.title, row.version_id) for row in late_among(session, rows, today))
    return OnTheWay(
        n_people=len(rows),
        late=tuple(
            LateRow(version_id=version_id, title=title, n_people=n)
            for (title, version_id), n in sorted(late.items())
        ),
    )


def late_among(session: Session, rows: Sequence[EnrolmentRow], today: date) -> list[EnrolmentRow]:
    """Those of the rows, which the actor may see, that have a step overdue; three statements."""
    if not rows:
        return []
    outlines = _outlines(session, rows)
    waived = _waived(session, [row.id for row in rows])
    asked = {step.course_id or 0 for plan in outlines.values() for step in plan.steps}
    experienced = lived(session, {row.person_id for row in rows}, course_ids=asked)
    return [
        row
        for row in rows
        if _is_late(
            row, outlines[row.version_id], experienced[row.person_id], waived[row.id], today
        )
    ]


def _is_late(
    row: EnrolmentRow, plan: Plan, behind: Lived, waived: Mapping[int, Waived], today: date
) -> bool:
    stages = walk(
        plan,
        enrolled_on=row.enrolled_on,
        today=today,
        done=fulfilled(plan.steps, row.enrolled_on, behind),
        waived_steps=waived,
        waived_gates={},
        extra_days=row.extra_days,
    )
    return any(stage.n_late for stage in stages)


def _outlines(session: Session, rows: Collection[EnrolmentRow]) -> dict[int, Plan]:
    """Versions with their steps and choices; without gates, names and what comes before what."""
    lines = session.execute(
        select(Stage, StepTable, StepGroup)
        .join(StepTable, StepTable.stage_id == Stage.id)
        .outerjoin(StepGroup, StepGroup.id == StepTable.group_id)
        .where(Stage.version_id.in_(sorted({row.version_id for row in rows})))
        .order_by(Stage.position, Stage.id, StepTable.position, StepTable.id)
    ).all()
    stages: dict[int, dict[int, Stage]] = defaultdict(dict)
    steps: dict[int, list[Step]] = defaultdict(list)
    groups: dict[int, dict[int, Group]] = defaultdict(dict)
    for stage, step, group in lines:
        stages[stage.version_id][stage.id] = stage
        steps[stage.id].append(step_of(step, "", ()))
        if group is not None:
            groups[stage.id][group.id] = group_of(group)
    return {
        row.version_id: Plan(
            version_id=row.version_id,
            pathway_id=row.pathway_id,
            title=row.title,
            purpose="",
            number=row.number,
            state=VersionState.PUBLISHED,
            framework_version_id=0,
            stages=tuple(
                domain.Stage(
                    id=stage.id,
                    lineage=stage.lineage,
                    title=stage.title,
                    steps=tuple(steps[stage.id]),
                    groups=tuple(groups[stage.id].values()),
                )
                for stage in stages[row.version_id].values()
            ),
        )
        for row in rows
    }


def _waived(session: Session, enrolment_ids: Collection[int]) -> dict[int, dict[int, Waived]]:
    rows = session.execute(
        select(Waiver.enrolment_id, Waiver.step_id, Waiver.waived_on).where(
            Waiver.enrolment_id.in_(sorted(enrolment_ids)), Waiver.step_id.is_not(None)
        )
    )
    found: dict[int, dict[int, Waived]] = defaultdict(dict)
    for enrolment_id, step_id, waived_on in rows:
        found[enrolment_id][step_id or 0] = Waived(reason="", by="", on=waived_on)
    return found
