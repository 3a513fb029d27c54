"""Putting many people on a version at once; who they are was decided by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note_each
from ldtrack.competencies.queries import role_profiles_named
from ldtrack.core.ids import new_id
from ldtrack.db.session import organisation_of
from ldtrack.pathways.domain import EnrolmentState, Plan
from ldtrack.pathways.models import Enrolment
from ldtrack.pathways.service.milestones import plan_for


def enrol_many(
    session: Session,
    actor: Actor,
    plan: Plan,
    people: Mapping[int, str],
    *,
    starts_on: date,
    cohort_id: int | None,
    by_rule: bool,
    reason: str,
    now: datetime,
) -> None:
    """Enrol people, given with their jobs, who are not on the pathway; with their milestones.

    Statements do not grow with the people; each has a line of their own in the audit log.
    """
    if not people:
        return
    organisation_id = organisation_of(session)
    profiles = role_profiles_named(session, set(people.values()) - {""})
    enrolments = {new_id(): person_id for person_id in people}
    session.execute(
        insert(Enrolment),
        [
            {
                "id": enrolment_id,
                "organisation_id": organisation_id,
                "pathway_id": plan.pathway_id,
                "version_id": plan.version_id,
                "person_id": person_id,
                "cohort_id": cohort_id,
                "role_profile_id": profiles[job].id
                if (job := people[person_id]) in profiles
                else None,
                "enrolled_on": starts_on,
                "state": EnrolmentState.ACTIVE,
                "by_rule": by_rule,
            }
            for enrolment_id, person_id in enrolments.items()
        ],
    )
    plan_for(session, plan, dict.fromkeys(people, starts_on))
    note_each(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="enrolment",
        happened_at=now,
        things=enrolments,
        reason=reason,
    )
