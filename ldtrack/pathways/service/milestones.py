"""Putting the milestones that a pathway asks for into the coaching of whoever walks it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import SetMilestone
from ldtrack.coaching.service import plan_designed
from ldtrack.pathways.domain import Plan, Step, StepKind, due_on
from ldtrack.pathways.models import Enrolment
from ldtrack.pathways.queries import plans
from ldtrack.pathways.service.found import writable


def plan_milestones(session: Session, actor: Actor, enrolment_id: int) -> int:
    """Plan the milestones that are not in the person's coaching yet. Returns how many are new.

    For people whose coaching began after they were enrolled; twice changes nothing.
    """
    enrolment = writable(session, actor, enrolment_id)
    return plan_for(
        session, enrolment, plans(session, [enrolment.version_id])[enrolment.version_id]
    )


def plan_for(session: Session, enrolment: Enrolment, plan: Plan) -> int:
    """The same for an enrolment that the caller may write."""
    wanted = [
        _milestone(step, step.competency_id, step.level, enrolment)
        for step in plan.steps
        if step.kind is StepKind.MILESTONE
        and step.competency_id is not None
        and step.level is not None
    ]
    return plan_designed(session, enrolment.person_id, wanted)


def _milestone(step: Step, competency_id: int, level: int, enrolment: Enrolment) -> SetMilestone:
    return SetMilestone(
        person_id=enrolment.person_id,
        competency_id=competency_id,
        title=step.title,
        level=level,
        due_on=due_on(step, enrolment.enrolled_on),
        step_id=step.id,
    )
