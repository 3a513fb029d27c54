"""A rater who will not answer says so by their link, and can think better of it until the close."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from ldtrack.core.errors import Conflict
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.answering import OpenInvitation
from ldtrack.feedback.service.answer_rows import drop_response
from ldtrack.feedback.service.answering import check_open
from ldtrack.feedback.service.nomination_mails import tell_declined


def decline(
    session: Session,
    asked: OpenInvitation,
    reason: str,
    *,
    now: datetime,
    base_url: str | None,
) -> None:
    """Take back whatever was answered and ask no more; the leader learns the name, not why.

    Raises `Conflict` once the questionnaire has closed, and for one's own view of oneself.
    """
    check_open(session, asked, now)
    if asked.is_self:
        raise Conflict("Your own view is asked for with every report about you.")
    drop_response(session, asked)
    _mark(session, asked, InvitationState.DECLINED, reason.strip())
    subject = session.get_one(Subject, asked.subject_id)
    cycle = session.get_one(Cycle, asked.cycle.id)
    tell_declined(session, cycle, subject, asked.rater, now=now, base_url=base_url)


def think_better(session: Session, asked: OpenInvitation, *, now: datetime) -> None:
    """Answer after all."""
    check_open(session, asked, now)
    _mark(session, asked, InvitationState.APPROVED, "")


def _mark(session: Session, asked: OpenInvitation, state: InvitationState, reason: str) -> None:
    session.execute(
        update(Invitation)
        .where(Invitation.id == asked.invitation_id)
        .values(state=state, reason=reason)
    )
