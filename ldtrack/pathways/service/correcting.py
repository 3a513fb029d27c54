"""Putting an enrolment right: another day, cohort or role; taken back; opened again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.coaching.domain import MovedMilestone
from ldtrack.coaching.queries import steps_planned
from ldtrack.coaching.service import move_designed, undo_designed
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.pathways.domain import ChangeEnrolment, EnrolmentState, InterestState, Plan, StepKind
from ldtrack.pathways.models import (
    CallInterest,
    Enrolment,
    EnrolmentMove,
    ParticipantNeed,
    PathwayCall,
    ToldStep,
    Waiver,
)
from ldtrack.pathways.queries import plans
from ldtrack.pathways.service.enrolments import cohort_named, known_role_profile
from ldtrack.pathways.service.found import writable
from ldtrack.pathways.service.milestones import milestone_due
from ldtrack.pathways.service.trying import require_open_to


def change_enrolment(
    session: Session, actor: Actor, enrolment_id: int, command: ChangeEnrolment, *, now: datetime
) -> None:
    """Put the first day, the cohort and the role right.

    Milestones that are planned in coaching follow, unless coach and leader agreed on a day.
    """
    row = writable(session, actor, enrolment_id)
    role_profile_id = command.role_profile_id
    if role_profile_id is not None and role_profile_id != row.role_profile_id:
        known_role_profile(session, role_profile_id)
    cohort_id = cohort_named(session, command.cohort) if command.cohort else None
    if cohort_id != row.cohort_id:
        require_open_to(session, row.version_id, command.cohort)
    if command.enrolled_on != row.enrolled_on:
        _redate_milestones(session, row, command)
    row.enrolled_on, row.cohort_id = command.enrolled_on, cohort_id
    row.role_profile_id = role_profile_id
    session.flush()
    _audit(session, actor, row, f"Changed; first day {command.enrolled_on:%Y-%m-%d}", now)


def take_enrolment_back(
    session: Session, actor: Actor, enrolment_id: int, *, now: datetime
) -> None:
    """Remove an enrolment as if it never was, with the milestones that it put into coaching.

    Only while nothing hangs on it: what somebody wrote, waived or met since is not lost.
    """
    row = writable(session, actor, enrolment_id)
    plan = plans(session, [row.version_id])[row.version_id]
    steps = {step.id for step in plan.steps}
    undo_designed(session, [row.person_id], steps)
    if _is_lived(session, row, plan) or steps & steps_planned(session, row.person_id):
        raise Conflict("Something was done on this enrolment already. End it instead.")
    _audit(session, actor, row, f"Taken back: {plan.title}", now)
    session.delete(row)
    session.flush()


def reopen_enrolment(session: Session, actor: Actor, enrolment_id: int, *, now: datetime) -> None:
    """Let somebody go on whose enrolment was ended; on one pathway they are once at a time."""
    row = session.get(Enrolment, enrolment_id)
    if row is None:
        raise NotVisible
    facts = Facts(organisation_id=row.organisation_id, person_id=row.person_id)
    policy.require(actor, Action.WRITE_ENROLMENT, facts)
    if row.state == EnrolmentState.ACTIVE:
        raise Conflict("This enrolment has not ended.")
    again = select(Enrolment.id).where(
        Enrolment.pathway_id == row.pathway_id,
        Enrolment.person_id == row.person_id,
        Enrolment.state == EnrolmentState.ACTIVE,
    )
    if session.scalar(again) is not None:
        raise Conflict("They are on this pathway again already.")
    row.state, row.ended_on = EnrolmentState.ACTIVE, None
    session.flush()
    _audit(session, actor, row, "Opened again", now)


def _redate_milestones(session: Session, row: Enrolment, command: ChangeEnrolment) -> None:
    plan = plans(session, [row.version_id])[row.version_id]
    moved = [
        MovedMilestone(
            step_id=step.id,
            to_step_id=step.id,
            due_on=milestone_due(plan, step.id, row.enrolled_on, row.extra_days),
            to_due_on=milestone_due(plan, step.id, command.enrolled_on, row.extra_days),
        )
        for step in plan.steps
        if step.kind is StepKind.MILESTONE
    ]
    move_designed(session, {row.person_id: moved})


def _is_lived(session: Session, row: Enrolment, plan: Plan) -> bool:
    """Whether somebody waived, needed, moved or said something, or came by an invitation."""
    lineages = sorted({step.lineage for step in plan.steps})
    hanging = [
        select(table.id).where(table.enrolment_id == row.id)
        for table in (Waiver, ParticipantNeed, EnrolmentMove)
    ]
    told = select(ToldStep.id).where(
        ToldStep.person_id == row.person_id, ToldStep.lineage.in_(lineages)
    )
    invited = (
        select(CallInterest.id)
        .join(PathwayCall, PathwayCall.id == CallInterest.call_id)
        .where(
            PathwayCall.pathway_id == row.pathway_id,
            CallInterest.person_id == row.person_id,
            CallInterest.state == InterestState.ENROLLED,
        )
    )
    return bool(session.scalar(select(or_(*(one.exists() for one in (*hanging, told, invited))))))


def _audit(session: Session, actor: Actor, row: Enrolment, reason: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="enrolment",
        thing_id=row.id,
        person_id=row.person_id,
        happened_at=now,
        reason=reason,
    )
