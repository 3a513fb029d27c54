"""Putting the milestones that a pathway asks for into the coaching of whoever walks it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import SetMilestone
from ldtrack.coaching.service import plan_designed
from ldtrack.pathways.domain import Plan, StepKind, due_on
from ldtrack.pathways.queries import plans
from ldtrack.pathways.service.found import writable

_NOBODY: Mapping[int, int] = {}


def plan_milestones(session: Session, actor: Actor, enrolment_id: int) -> int:
    """Plan the milestones that are not in the person's coaching yet. Returns how many are new.

    For people whose coaching began after they were enrolled; twice changes nothing.
    """
    enrolment = writable(session, actor, enrolment_id)
    plan = plans(session, [enrolment.version_id])[enrolment.version_id]
    return plan_for(
        session,
        plan,
        {enrolment.person_id: enrolment.enrolled_on},
        extra_days={enrolment.person_id: enrolment.extra_days},
    )


def plan_for(
    session: Session,
    plan: Plan,
    people: Mapping[int, date],
    *,
    extra_days: Mapping[int, int] = _NOBODY,
) -> int:
    """The same for people whom the caller may put on the version, given with their first day."""
    wanted = {
        person_id: [
            SetMilestone(
                person_id=person_id,
                competency_id=step.competency_id,
                title=step.title,
                level=step.level,
                due_on=milestone_due(plan, step.id, enrolled_on, extra_days.get(person_id, 0)),
                step_id=step.id,
            )
            for step in plan.steps
            if step.kind is StepKind.MILESTONE
            and step.competency_id is not None
            and step.level is not None
        ]
        for person_id, enrolled_on in people.items()
    }
    return sum(plan_designed(session, wanted).values())


def milestone_due(plan: Plan, step_id: int, enrolled_on: date, extra_days: int) -> date | None:
    """The day by which a step's milestone is due when it is planned.

    What is due so long after a later stage begins has no day yet: coach and leader agree on one.
    """
    for stage in plan.stages:
        for step in stage.steps:
            if step.id == step_id:
                alone = [group for group in stage.groups if group.id == step.group_id]
                began = enrolled_on if stage is plan.stages[0] else None
                return due_on([*alone, step][0], enrolled_on, began, extra_days)
    return None
