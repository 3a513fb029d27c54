"""Raters whose mail came back: saying so, another address, and the invitation once more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Invitation, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.cycles import audit, locked
from ldtrack.feedback.service.invitations import Delivery, send_invitations
from ldtrack.outbox.queries import is_on_its_way
from ldtrack.outbox.service import came_back
from ldtrack.people.domain import same_address

SAID_BY_HR = "HR says that it came back."


def say_came_back(session: Session, actor: Actor, invitation_id: int, *, now: datetime) -> int:
    """Remember that a rater's invitation came back to somebody's mailbox. Returns the cycle's id.

    Of every rater alike who was asked, whether or not they answered; reminders are left as they
    are. Raises `Conflict` while the invitation is still on its way.
    """
    require_hr(actor)
    row = session.get(Invitation, invitation_id)
    if row is None or row.state != InvitationState.APPROVED or row.sent_on is None:
        raise NotVisible
    subject = session.get_one(Subject, row.subject_id)
    cycle = locked(session, subject.cycle_id)
    session.refresh(subject)
    if subject.state != SubjectState.OPEN:
        raise Conflict("These questionnaires are not open; no mail is sent again.")
    if is_on_its_way(session, row.email):
        raise Conflict("The invitation has not left yet; look again in a few minutes.")
    came_back(session, row.email, SAID_BY_HR)
    audit(session, actor, "say_came_back", cycle.id, now, person_id=subject.person_id)
    return cycle.id


def correct_address(
    session: Session,
    actor: Actor,
    cycle_id: int,
    old: str,
    new: str,
    *,
    now: datetime,
    delivery: Delivery,
) -> int:
    """Ask whoever had the old address at the new one, again. Returns for how many questionnaires.

    The same address again sends the mail again.
    """
    require_hr(actor)
    cycle = locked(session, cycle_id)
    old, new = same_address(old), same_address(new)
    open_here = (
        select(Invitation)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(
            Subject.cycle_id == cycle_id,
            Subject.state == SubjectState.OPEN,
            Invitation.state == InvitationState.APPROVED,
        )
    )
    theirs = session.scalars(open_here.where(Invitation.email == old)).all()
    if not theirs:
        raise NotVisible
    about = [row.subject_id for row in theirs]
    if (
        new != old
        and session.scalars(
            select(Invitation.id).where(Invitation.subject_id.in_(about), Invitation.email == new)
        ).first()
    ):
        raise RuleBroken("email", "Somebody else is asked at this address.")
    for row in theirs:
        row.email = new
    session.flush()
    send_invitations(session, cycle, theirs, now=now, delivery=delivery)
    audit(session, actor, "correct_address", cycle_id, now)
    return len(theirs)
