"""Rolling cycles in which somebody can start when they like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.feedback.domain.nominating import InvitationState, Nominates
from ldtrack.feedback.domain.timeline import CycleState, Pace, SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Subject


@dataclass(frozen=True, kw_only=True)
class ReadyRow:
    """A cycle to start in, until a day; then so many people have so many days."""

    subject_id: int
    cycle: str
    until: date
    days: int
    n_raters: int


def ready_to_start(session: Session, actor: Actor, today: date) -> list[ReadyRow]:
    """Where the actor's own raters are settled and nobody has been asked yet."""
    raters = (
        select(func.count())
        .where(Invitation.subject_id == Subject.id, Invitation.state == InvitationState.APPROVED)
        .correlate(Subject)
        .scalar_subquery()
    )
    settled = or_(
        Subject.state == SubjectState.READY,
        and_(Subject.state == SubjectState.DRAFT, Cycle.nominates == Nominates.HR),
    )
    rows = session.execute(
        select(Subject.id, Cycle.name, Cycle.closes_on, Cycle.days, raters)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            Subject.person_id == actor.person_id,
            policy.clause(actor, Action.START_FEEDBACK, person_id=Subject.person_id),
            Cycle.pace == Pace.ROLLING,
            Cycle.state == CycleState.OPEN,
            Cycle.closes_on >= today,
            settled,
        )
        .order_by(Cycle.closes_on, Subject.id)
    )
    return [
        ReadyRow(subject_id=id_, cycle=name, until=until, days=days or 0, n_raters=n)
        for id_, name, until, days, n in rows
    ]
