"""Raters whom the mail did not reach, so that HR can correct their address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Invitation, Subject
from ldtrack.outbox.queries import came_back


@dataclass(frozen=True, kw_only=True)
class Bounced:
    """An address that took no mail, who has it, and what the mail server said."""

    address: str
    name: str
    problem: str


def bounced(session: Session, cycle_id: int) -> list[Bounced]:
    """By address; for whoever may see the cycle.

    Reminders are not among it: they go only to people who have not answered.
    """
    returned = dict(came_back(session, _asked(cycle_id, Invitation.email)))
    if not returned:
        return []
    named = session.execute(
        _asked(cycle_id, Invitation.email, func.min(Invitation.name))
        .where(Invitation.email.in_(sorted(returned)))
        .group_by(Invitation.email)
        .order_by(func.min(Invitation.name))
    )
    return [
        Bounced(address=address, name=name, problem=returned[address]) for address, name in named
    ]


def _asked(cycle_id: int, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(
            Subject.cycle_id == cycle_id,
            Subject.state == SubjectState.OPEN,
            Invitation.state == InvitationState.APPROVED,
        )
    )
