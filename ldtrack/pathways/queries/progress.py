"""How far people are on their pathways, for actors who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.order import Order
from ldtrack.pathways.domain import (
    EnrolmentRow,
    EnrolmentState,
    Plan,
    Progress,
    RedatedStep,
    fulfilled,
    redated,
    walk,
)
from ldtrack.pathways.queries.enrolments import BY_COHORT, enrolled_on, enrolment, enrolments_of
from ldtrack.pathways.queries.lived import lived_and_waived
from ldtrack.pathways.queries.plans import plans


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
    cohort_id: int | None = None,
    order: Order = BY_COHORT,
    page: int = 1,
    plan: Plan | None = None,
) -> tuple[list[Progress], int]:
    """A page of everybody enrolled on a version whose name matches, and how many do in all.

    `cohort_id` asks for one cohort alone; `plan` is the version, if it was read already.
    """
    rows, total = enrolled_on(
        session, actor, version_id, search=search, cohort_id=cohort_id, order=order, page=page
    )
    designed = None if plan is None else {version_id: plan}
    return progress_on(session, rows, today, designed), total


def redated_if(
    session: Session, row: EnrolmentRow, day: date, today: date
) -> tuple[RedatedStep, ...]:
    """The steps still to do if the way had begun on another day; see `progress_on`."""
    before, after = progress_on(session, [row, replace(row, enrolled_on=day)], today)
    return redated(before, after)


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
    experienced, waivers = lived_and_waived(
        session, {row.person_id for row in enrolments}, [row.id for row in enrolments]
    )
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
            waived_steps=waivers[row.id].steps,
            waived_gates=waivers[row.id].gates,
            extra_days=row.extra_days,
        )
        found.append(Progress(enrolment=row, purpose=plan.purpose, as_of=as_of, stages=stages))
    return found
