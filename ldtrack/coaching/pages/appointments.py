"""What planning a session, and changing what is planned, begins with."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching import queries
from ldtrack.coaching.domain import EngagementRow
from ldtrack.coaching.domain.appointments import AppointmentRow, AppointmentState
from ldtrack.core.errors import Conflict


def appointment_beginning(session: Session, actor: Actor, engagement_id: int) -> EngagementRow:
    """The running engagement in which the actor may plan, refused to everybody else."""
    engagement = queries.engagement(session, actor, engagement_id)
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=engagement.person_id,
        owner_id=engagement.coach_id,
    )
    policy.require(actor, Action.PLAN_SESSION, facts)
    if not engagement.runs:
        raise Conflict("This coaching has ended, so nothing can be added to it.")
    return engagement


def planned_appointment(session: Session, actor: Actor, appointment_id: int) -> AppointmentRow:
    """A session that is planned still, else `Conflict`: nothing else can be changed."""
    row = queries.appointment(session, actor, appointment_id)
    if row.state is not AppointmentState.PLANNED:
        raise Conflict("This session is not planned any more.")
    appointment_beginning(session, actor, row.engagement_id)
    return row
