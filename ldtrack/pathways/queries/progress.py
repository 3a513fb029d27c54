"""How far people are on their pathways, for actors who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.order import Order
from ldtrack.pathways.domain import (
    EnrolmentRow,
    EnrolmentState,
    Plan,
    Progress,
    Waived,
    fulfilled,
    walk,
)
from ldtrack.pathways.models import Waiver
from ldtrack.pathways.queries.enrolments import BY_COHORT, enrolled_on, enrolment, enrolments_of
from ldtrack.pathways.queries.lived import lived
from ldtrack.pathways.queries.plans import plans
from ldtrack.people.queries import name_of

_Waivers = dict[int, dict[int, Waived]]


def progress_of(
    session: Session, actor: Actor, enrolment_id: int, today: date, *, agreed: bool = False
) -> Progress:
    """One person's way, else `NotVisible`; of an ended enrolment, as it stood on its last day."""
    row = enrolment(session, actor, enrolment_id, agreed=agreed)
    return progress_on(session, [row], today)[0]


def progress_of_people(
    session: Session,
    actor: Actor,
    people: Collection[int],
    today: date,
    *,
    agreed: bool = False,
) -> dict[int, list[Progress]]:
    """The pathways that each of these people is on, earliest begun first."""
    active = [
        row
        for row in enrolments_of(session, actor, people, agreed=agreed)
        if row.state is EnrolmentState.ACTIVE
    ]
    found: dict[int, list[Progress]] = defaultdict(list)
    for progress in progress_on(session, active, today):
        found[progress.enrolment.person_id].append(progress)
    return dict(found)


def progress_of_version(
    session: Session,
    actor: Actor,
    version_id: int,
    today: date,
    *,
    search: str = "",
    order: Order = BY_COHORT,
    page: int = 1,
    plan: Plan | None = None,
) -> tuple[list[Progress], int]:
    """A page of everybody enrolled on a version whose name matches, and how many do in all.

    `plan` is the version, if it was read already.
    """
    rows, total = enrolled_on(session, actor, version_id, search=search, order=order, page=page)
    designed = None if plan is None else {version_id: plan}
    return progress_on(session, rows, today, designed), total


def progress_on(
    session: Session,
    enrolments: Sequence[EnrolmentRow],
    today: date,
    designed: Mapping[int, Plan] | None = None,
) -> list[Progress]:
    """Progress for rows that the actor was already shown to be allowed to see.

    `designed` holds their versions, if they were read already.
    """
    if not enrolments:
        return []
    if designed is None:
        designed = plans(session, {row.version_id for row in enrolments})
    experienced = lived(session, {row.person_id for row in enrolments})
    steps, gates = _waivers(session, [row.id for row in enrolments])
    found = []
    for row in enrolments:
        plan = designed[row.version_id]
        as_of = min(today, row.ended_on or today)
        done = fulfilled(plan.steps, row.enrolled_on, experienced[row.person_id])
        stages = walk(
            plan,
            enrolled_on=row.enrolled_on,
            today=as_of,
            done=done,
            waived_steps=steps[row.id],
            waived_gates=gates[row.id],
            extra_days=row.extra_days,
        )
        found.append(Progress(enrolment=row, purpose=plan.purpose, as_of=as_of, stages=stages))
    return found


def _waivers(session: Session, enrolment_ids: list[int]) -> tuple[_Waivers, _Waivers]:
    """What was waived by enrolment: of steps, and of gates."""
    rows = session.execute(
        select(Waiver, name_of(Waiver.waived_by)).where(Waiver.enrolment_id.in_(enrolment_ids))
    )
    steps: _Waivers = defaultdict(dict)
    gates: _Waivers = defaultdict(dict)
    for row, by in rows:
        waived = Waived(reason=row.reason, by=by or "a former colleague", on=row.waived_on)
        if row.step_id is not None:
            steps[row.enrolment_id][row.step_id] = waived
        if row.gate_id is not None:
            gates[row.enrolment_id][row.gate_id] = waived
    return steps, gates
