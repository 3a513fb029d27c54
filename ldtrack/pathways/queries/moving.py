"""What moving to the published version would mean for everybody who is on an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.pathways.domain import (
    Counterparts,
    Difference,
    EnrolmentRow,
    EnrolmentState,
    Lived,
    Plan,
    Progress,
    VersionState,
    Waived,
    counterparts,
    difference,
    fulfilled,
    walk,
)
from ldtrack.pathways.models import Cohort, Enrolment, Pathway, PathwayVersion, Waiver
from ldtrack.pathways.queries.enrolments import PAGE, row_of
from ldtrack.pathways.queries.lived import lived
from ldtrack.pathways.queries.plans import plans

_Waivers = Mapping[int, Sequence[Waiver]]


@dataclass(frozen=True, kw_only=True)
class Movable:
    """The version that people would move to, a page of them, and how many there are in all."""

    plan: Plan
    found: list[Difference]
    total: int


def movable_to(
    session: Session, actor: Actor, version_id: int, today: date, *, page: int = 1
) -> Movable:
    """Everybody on their way on another version of the pathway, by version and day.

    Five statements, whatever the people. A version that takes nobody is a `Conflict`.
    """
    rows, total = _elsewhere(session, actor, version_id, page)
    designed = plans(session, {version_id, *(row.version_id for row in rows)})
    target = target_of(designed, version_id)
    experienced = lived(session, {row.person_id for row in rows}) if rows else {}
    waivers = _waivers(session, [row.id for row in rows])
    return Movable(
        plan=target,
        found=[
            _difference(
                row,
                designed[row.version_id],
                target,
                experienced[row.person_id],
                waivers.get(row.id, ()),
                today,
            )
            for row in rows
        ],
        total=total,
    )


def target_of(designed: Mapping[int, Plan], version_id: int) -> Plan:
    """The version that people move to; only a published one takes them."""
    if version_id not in designed:
        raise NotVisible
    if designed[version_id].state is not VersionState.PUBLISHED:
        raise Conflict("People move to the version that is published.")
    return designed[version_id]


def _elsewhere(
    session: Session, actor: Actor, version_id: int, page: int
) -> tuple[list[EnrolmentRow], int]:
    here = select(PathwayVersion.pathway_id).where(PathwayVersion.id == version_id)
    wanted = (
        select(Enrolment, Pathway.title, PathwayVersion.number, Cohort.name, func.count().over())
        .join(PathwayVersion, PathwayVersion.id == Enrolment.version_id)
        .join(Pathway, Pathway.id == Enrolment.pathway_id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Enrolment.pathway_id == here.scalar_subquery(),
            Enrolment.version_id != version_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            policy.clause(actor, Action.WRITE_ENROLMENT, person_id=Enrolment.person_id),
        )
        .order_by(PathwayVersion.number, Enrolment.enrolled_on, Enrolment.id)
        .limit(PAGE)
        .offset((max(page, 1) - 1) * PAGE)
    )
    found = session.execute(wanted).all()
    return [row_of(*row[:4]) for row in found], found[0][4] if found else 0


def _waivers(session: Session, enrolment_ids: Sequence[int]) -> dict[int, list[Waiver]]:
    found: dict[int, list[Waiver]] = defaultdict(list)
    if enrolment_ids:
        for row in session.scalars(select(Waiver).where(Waiver.enrolment_id.in_(enrolment_ids))):
            found[row.enrolment_id].append(row)
    return found


def _difference(
    row: EnrolmentRow,
    before: Plan,
    after: Plan,
    behind: Lived,
    waivers: Sequence[Waiver],
    today: date,
) -> Difference:
    pairs = counterparts(before, after)
    moved = replace(row, version_id=after.version_id, number=after.number)
    return difference(
        _progress(row, before, behind, waivers, today, None),
        _progress(moved, after, behind, waivers, today, pairs),
        pairs,
    )


def _progress(
    row: EnrolmentRow,
    plan: Plan,
    behind: Lived,
    waivers: Sequence[Waiver],
    today: date,
    pairs: Counterparts | None,
) -> Progress:
    """Somebody's way on one version; with `pairs`, what was waived on theirs moves along."""
    steps = {step.id: step.id for step in plan.steps} if pairs is None else pairs.steps
    gates = (
        {gate.id: gate.id for stage in plan.stages for gate in stage.gates}
        if pairs is None
        else pairs.gates
    )
    stages = walk(
        plan,
        enrolled_on=row.enrolled_on,
        today=today,
        done=fulfilled(plan.steps, row.enrolled_on, behind),
        waived_steps={
            steps[each.step_id]: _waived(each)
            for each in waivers
            if each.step_id is not None and each.step_id in steps
        },
        waived_gates={
            gates[each.gate_id]: _waived(each)
            for each in waivers
            if each.gate_id is not None and each.gate_id in gates
        },
        extra_days=row.extra_days,
    )
    return Progress(enrolment=row, purpose=plan.purpose, as_of=today, stages=stages)


def _waived(row: Waiver) -> Waived:
    return Waived(reason=row.reason, by="", on=row.waived_on)
