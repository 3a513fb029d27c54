"""Putting people on pathways and taking them off; what they do on the way is other rooms'."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.competencies.queries import role_profile_of, role_profiles
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways.domain import EndEnrolment, Enrol, EnrolmentState, Plan, VersionState
from ldtrack.pathways.models import Cohort, Enrolment
from ldtrack.pathways.queries import pathway
from ldtrack.pathways.service.found import writable
from ldtrack.pathways.service.milestones import plan_for
from ldtrack.pathways.service.trying import require_open_to
from ldtrack.people.queries import person


def enrol(session: Session, actor: Actor, command: Enrol, *, now: datetime) -> int:
    """Put a person on a version, and its milestones into their coaching, if it runs.

    Returns the id of the enrolment.
    """
    plan = pathway(session, actor, command.version_id)
    facts = Facts(organisation_id=actor.organisation_id, person_id=command.person_id)
    policy.require(actor, Action.WRITE_ENROLMENT, facts)
    row = person(session, actor, command.person_id)
    if plan.state is not VersionState.PUBLISHED:
        raise RuleBroken("", "Only a published version takes people. Publish it first.")
    _not_twice(session, plan, command.person_id, row.name)
    require_open_to(session, plan.version_id, command.cohort)
    enrolment = Enrolment(
        pathway_id=plan.pathway_id,
        version_id=plan.version_id,
        person_id=command.person_id,
        cohort_id=cohort_named(session, command.cohort) if command.cohort else None,
        role_profile_id=_role_profile(session, command.role_profile_id, row.job_profile),
        enrolled_on=command.enrolled_on,
    )
    session.add(enrolment)
    session.flush()
    plan_for(session, plan, {command.person_id: command.enrolled_on})
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="enrolment",
        thing_id=enrolment.id,
        person_id=command.person_id,
        happened_at=now,
    )
    return enrolment.id


def end_enrolment(
    session: Session, actor: Actor, enrolment_id: int, command: EndEnrolment, *, now: datetime
) -> None:
    """Close an enrolment; what the person did stays theirs."""
    enrolment = writable(session, actor, enrolment_id)
    if command.state is EnrolmentState.ACTIVE:
        raise RuleBroken("state", "Say whether the pathway was completed or left.")
    if command.ended_on < enrolment.enrolled_on:
        raise RuleBroken("ended_on", "Nobody can leave a pathway before they were enrolled.")
    enrolment.state = command.state
    enrolment.ended_on = command.ended_on
    session.flush()
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="enrolment",
        thing_id=enrolment.id,
        person_id=enrolment.person_id,
        happened_at=now,
        reason=command.state.label,
    )


def cohort_named(session: Session, name: str) -> int:
    """The cohort of that name, made if it is new."""
    cohort = session.scalar(select(Cohort).where(Cohort.name == name))
    if cohort is None:
        cohort = Cohort(name=name)
        session.add(cohort)
        session.flush()
    return cohort.id


def _not_twice(session: Session, plan: Plan, person_id: int, name: str) -> None:
    here = session.scalar(
        select(Enrolment.id).where(
            Enrolment.pathway_id == plan.pathway_id,
            Enrolment.person_id == person_id,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
    )
    if here is not None:
        raise RuleBroken("", f"{name} is on this pathway already.")


def _role_profile(session: Session, chosen: int | None, job_profile: str) -> int | None:
    if chosen is None:
        found = role_profile_of(session, job_profile)
        return found.id if found else None
    return known_role_profile(session, chosen)


def known_role_profile(session: Session, chosen: int) -> int:
    """The profile that was chosen; `RuleBroken` unless it is the organisation's."""
    if all(profile.id != chosen for profile in role_profiles(session)):
        raise RuleBroken("role_profile_id", "Choose a role profile of the organisation.")
    return chosen
