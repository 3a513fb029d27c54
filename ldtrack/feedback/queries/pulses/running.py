"""Pulses as HR runs them: who is asked and how many have answered; no answer is read here."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.keys import response_id
from ldtrack.feedback.domain.pulses.rows import (
    InvitedRow,
    PulseKind,
    PulseRow,
    PulseState,
    Statement,
)
from ldtrack.feedback.models import Pulse, PulseInvitation, PulseResponse


def require_pulses(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor sets up pulses."""
    policy.require(actor, Action.WRITE_PULSE, Facts(organisation_id=actor.organisation_id))


def pulses(session: Session, actor: Actor) -> list[PulseRow]:
    """Every trust pulse, the newest first."""
    require_pulses(actor)
    wanted = with_counts().where(Pulse.kind == PulseKind.TRUST)
    rows = session.execute(wanted.order_by(Pulse.opens_on.desc(), Pulse.name, Pulse.id))
    return [row_of(found, n_invited=n) for found, n in rows]


def pulse(session: Session, actor: Actor, pulse_id: int) -> PulseRow:
    """One trust pulse as HR sees it, else `NotVisible`."""
    require_pulses(actor)
    found = session.execute(
        with_counts().where(Pulse.id == pulse_id, Pulse.kind == PulseKind.TRUST)
    ).first()
    if found is None:
        raise NotVisible
    return row_of(found[0], n_invited=found[1])


def invited(
    session: Session, actor: Actor, pulse_id: int, *, rater_key: str
) -> tuple[InvitedRow, ...]:
    """Who is asked, by name, for HR; who has answered only if people were told that HR sees it."""
    require_pulses(actor)
    found = session.get(Pulse, pulse_id)
    if found is None:
        raise NotVisible
    rows = session.scalars(
        select(PulseInvitation)
        .where(PulseInvitation.pulse_id == pulse_id)
        .order_by(PulseInvitation.name, PulseInvitation.id)
    ).all()
    answered = _answered_now(session, found, rater_key)
    return tuple(
        InvitedRow(
            invitation_id=row.id,
            person_id=row.person_id,
            name=row.name,
            email=row.email,
            answered=row.answered or row.id in answered,
        )
        for row in rows
    )


def invitation_ids(session: Session, pulse_id: int) -> list[int]:
    """The invitations of a pulse by name, for callers who may act for everybody in it."""
    return list(
        session.scalars(
            select(PulseInvitation.id)
            .where(PulseInvitation.pulse_id == pulse_id)
            .order_by(PulseInvitation.name, PulseInvitation.email)
        )
    )


def how_many_answered(session: Session, actor: Actor) -> dict[int, int]:
    """How many have answered each open trust pulse, for HR."""
    require_pulses(actor)
    rows = session.execute(
        select(PulseResponse.pulse_id, func.count())
        .join(Pulse, Pulse.id == PulseResponse.pulse_id)
        .where(Pulse.kind == PulseKind.TRUST, Pulse.state == PulseState.OPEN)
        .group_by(PulseResponse.pulse_id)
    )
    return dict(rows.all())


def with_counts() -> Select[Pulse, int]:
    """Pulses, each with how many are asked."""
    asked = (
        select(func.count())
        .where(PulseInvitation.pulse_id == Pulse.id)
        .correlate(Pulse)
        .scalar_subquery()
    )
    return select(Pulse, asked)


def row_of(found: Pulse, *, n_invited: int = 0, subject: str = "") -> PulseRow:
    """The row for a stored pulse."""
    return PulseRow(
        id=found.id,
        kind=PulseKind(found.kind),
        name=found.name,
        state=PulseState(found.state),
        k=found.k,
        opens_on=found.opens_on,
        closes_on=found.closes_on,
        closed_on=found.closed_on,
        shows_names=found.shows_names,
        statements=tuple(Statement(**one) for one in found.statements),
        question=found.question,
        about=found.about,
        group_name=found.group_name,
        series_id=found.series_id or found.id,
        cycle_id=found.cycle_id,
        subject_id=found.subject_id,
        subject=subject,
        n_invited=n_invited,
        has_result=found.result is not None,
    )


def _answered_now(session: Session, found: Pulse, rater_key: str) -> frozenset[int]:
    if found.key is None or not found.shows_names:
        return frozenset()
    sent = set(session.scalars(select(PulseResponse.id).where(PulseResponse.pulse_id == found.id)))
    ids = session.scalars(select(PulseInvitation.id).where(PulseInvitation.pulse_id == found.id))
    return frozenset(id_ for id_ in ids if response_id(rater_key, found.key, id_) in sent)
