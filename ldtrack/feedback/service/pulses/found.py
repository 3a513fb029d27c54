"""Pulses as services find them: locked, still a draft, and what is recorded about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.feedback.domain.pulses.rows import PulseKind, PulseState
from ldtrack.feedback.models import Pulse, PulseInvitation
from ldtrack.feedback.queries.pulses.running import require_pulses


def locked(session: Session, pulse_id: int, *, shared: bool = False) -> Pulse:
    """The pulse, kept as it is until the transaction ends; `shared` lets others read it too.

    An answer holds it shared and the close holds it alone, so that no answer slips in behind.
    """
    pulse = session.scalars(
        select(Pulse)
        .where(Pulse.id == pulse_id)
        .with_for_update(read=shared)
        .execution_options(populate_existing=True)
    ).first()
    if pulse is None:
        raise NotVisible
    return pulse


def trust_pulse(session: Session, actor: Actor, pulse_id: int) -> Pulse:
    """A trust pulse, as HR; other kinds are nobody's to run by hand."""
    require_pulses(actor)
    pulse = locked(session, pulse_id)
    if pulse.kind != PulseKind.TRUST:
        raise NotVisible
    return pulse


def draft(session: Session, actor: Actor, pulse_id: int) -> Pulse:
    """The same, if nobody was asked yet."""
    pulse = trust_pulse(session, actor, pulse_id)
    if pulse.state != PulseState.DRAFT:
        raise Conflict("This pulse has opened; what it asks and whom is fixed.")
    return pulse


def invitations(session: Session, pulse_id: int) -> list[PulseInvitation]:
    """Everybody who is asked, by name."""
    return list(
        session.scalars(
            select(PulseInvitation)
            .where(PulseInvitation.pulse_id == pulse_id)
            .order_by(PulseInvitation.name, PulseInvitation.id)
        )
    )


def audit(
    session: Session,
    actor: Actor | None,
    act: str,
    pulse_id: int,
    now: datetime,
    *,
    person_id: int | None = None,
) -> None:
    """Record what HR, a leader or the clock did; what people answer is never recorded."""
    note(
        session,
        account_id=actor.account_id if actor else None,
        action=f"feedback.pulse:{act}",
        thing="pulse",
        thing_id=pulse_id,
        person_id=person_id,
        happened_at=now,
    )
