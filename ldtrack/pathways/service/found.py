"""Finding an enrolment that is to be changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.pathways.domain import EnrolmentState
from ldtrack.pathways.models import Enrolment


def writable(session: Session, actor: Actor, enrolment_id: int) -> Enrolment:
    """An enrolment that is still active and that the actor may write."""
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None:
        raise NotVisible
    facts = Facts(organisation_id=enrolment.organisation_id, person_id=enrolment.person_id)
    policy.require(actor, Action.WRITE_ENROLMENT, facts)
    if enrolment.state != EnrolmentState.ACTIVE:
        raise Conflict("This enrolment has ended.")
    return enrolment
