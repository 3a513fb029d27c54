"""Raters whose mail came back: another address, and the invitation once more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Invitation, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.cycles import audit, locked
from ldtrack.feedback.service.invitations import Delivery, send_invitations
from ldtrack.people.domain import same_address


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
