"""Putting the milestones that a pathway asks for into the coaching of whoever walks it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import SetMilestone
from ldtrack.coaching.queries import without_day
from ldtrack.coaching.service import date_designed, plan_designed
from ldtrack.pathways.domain import EnrolmentState, Plan, StepKind, due_on
from ldtrack.pathways.queries import enrolments_of, plans, progress_on
from ldtrack.pathways.service.found import writable

EVERY_DAY = "pathways.every_day"
"""The kind of the job that gives milestones their days."""
_NOBODY: Mapping[int, int] = {}


def plan_milestones(session: Session, actor: Actor, enrolment_id: int, today: date) -> int:
    """Plan the milestones that are not in the person's coaching yet. Returns how many are new.

    For people whose coaching began after they were enrolled; twice changes nothing.
    """
    enrolment = writable(session, actor, enrolment_id)
    plan = plans(session, [enrolment.version_id])[enrolment.version_id]
    n_new = plan_for(
        session,
        plan,
        {enrolment.person_id: enrolment.enrolled_on},
        extra_days={enrolment.person_id: enrolment.extra_days},
    )
    set_days(session, actor, today, person_id=enrolment.person_id)
    return n_new


def set_days(session: Session, actor: Actor, today: date, *, person_id: int | None = None) -> int:
    """Give milestones of stages that have begun by now the day by which they are due.

    When they were planned their stage had not begun, so there was none. Returns how many.
    """
    waiting = without_day(session, person_id)
    active = [
        row for row in enrolments_of(session, actor, waiting) if row.state is EnrolmentState.ACTIVE
    ]
    days = {
        (progress.enrolment.person_id, each.step.id): each.due_on
        for progress in progress_on(session, active, today)
        for each in progress.steps
        if each.due_on is not None and each.step.id in waiting[progress.enrolment.person_id]
    }
    date_designed(session, days)
    return len(days)


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

    What is due so long after a later stage begins has no day yet; `set_days` gives it one then.
    """
    for stage in plan.stages:
        for step in stage.steps:
            if step.id == step_id:
                alone = [group for group in stage.groups if group.id == step.group_id]
                began = enrolled_on if stage is plan.stages[0] else None
                return due_on([*alone, step][0], enrolled_on, began, extra_days)
    return None
