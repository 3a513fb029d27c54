"""Setting a trust pulse up: what it asks and whom, before anybody is asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback.domain.pulses.commands import WritePulse, numbered
from ldtrack.feedback.domain.pulses.rows import PulseKind, PulseState
from ldtrack.feedback.models import Pulse, PulseInvitation
from ldtrack.feedback.queries.pulses.running import require_pulses
from ldtrack.feedback.service.pulses.found import audit, draft, invitations, trust_pulse
from ldtrack.people.domain import same_address
from ldtrack.people.queries import people_named, rater_floor

USUAL_LENGTH = timedelta(days=10)


def draft_pulse(
    session: Session,
    actor: Actor,
    command: WritePulse,
    *,
    now: datetime,
    people: Collection[int] = (),
    group_name: str = "",
    cohort_id: int | None = None,
) -> int:
    """Set a pulse up for these people, for example those of a cohort. Returns its id.

    A cohort's pulses are one series, and a new one asks what the last one asked.
    """
    require_pulses(actor)
    pulse = Pulse(
        kind=PulseKind.TRUST,
        name=command.name,
        k=rater_floor(session, actor.organisation_id),
        opens_on=now.date(),
        closes_on=command.closes_on,
        group_name=group_name,
        cohort_id=cohort_id,
    )
    _write(pulse, command, now)
    if last := _last_of(session, cohort_id):
        pulse.series_id = last.series_id or last.id
        pulse.statements, pulse.question = list(last.statements), last.question
    session.add(pulse)
    session.flush()
    _invite_people(session, pulse, people)
    audit(session, actor, "create", pulse.id, now)
    return pulse.id


def repeat_pulse(session: Session, actor: Actor, pulse_id: int, *, now: datetime) -> int:
    """Set the next pulse of a series up: the same questions to the same people. Returns its id."""
    before = trust_pulse(session, actor, pulse_id)
    if before.state != PulseState.CLOSED:
        raise Conflict("Close this pulse before the next one of its series.")
    pulse = Pulse(
        kind=PulseKind.TRUST,
        name=_next_name(session, before),
        k=max(before.k, rater_floor(session, actor.organisation_id)),
        opens_on=now.date(),
        closes_on=now.date() + USUAL_LENGTH,
        statements=list(before.statements),
        question=before.question,
        shows_names=before.shows_names,
        group_name=before.group_name,
        cohort_id=before.cohort_id,
        series_id=before.series_id or before.id,
    )
    session.add(pulse)
    session.flush()
    for row in invitations(session, pulse_id):
        _invite(session, pulse, row.name, row.email, row.person_id)
    audit(session, actor, "create", pulse.id, now)
    return pulse.id


def change_pulse(
    session: Session, actor: Actor, pulse_id: int, command: WritePulse, *, now: datetime
) -> None:
    """Word a pulse differently before it opens."""
    pulse = draft(session, actor, pulse_id)
    pulse.opens_on = min(pulse.opens_on, command.closes_on)
    _write(pulse, command, now)
    session.flush()
    audit(session, actor, "change", pulse_id, now)


def add_people(
    session: Session, actor: Actor, pulse_id: int, people: Collection[int], *, now: datetime
) -> int:
    """Ask these people too. Returns how many were new and have an address."""
    pulse = draft(session, actor, pulse_id)
    added = _invite_people(session, pulse, people)
    audit(session, actor, "add_people", pulse_id, now)
    return added


def add_outsider(
    session: Session, actor: Actor, pulse_id: int, name: str, email: str, *, now: datetime
) -> None:
    """Ask somebody who is not known here, by mail address."""
    pulse = draft(session, actor, pulse_id)
    address = same_address(email)
    if address in {row.email for row in invitations(session, pulse_id)}:
        raise RuleBroken("email", f"{name} is asked already; everybody is asked once.")
    _invite(session, pulse, name, address, None)
    session.flush()
    audit(session, actor, "add_people", pulse_id, now)


def remove_invited(session: Session, actor: Actor, invitation_id: int, *, now: datetime) -> int:
    """Ask somebody no longer, before the pulse opens. Returns the pulse's id."""
    require_pulses(actor)
    invitation = session.get(PulseInvitation, invitation_id)
    if invitation is None:
        raise NotVisible
    pulse = draft(session, actor, invitation.pulse_id)
    session.delete(invitation)
    session.flush()
    audit(session, actor, "remove_person", pulse.id, now)
    return pulse.id


def drop_pulse(session: Session, actor: Actor, pulse_id: int, *, now: datetime) -> None:
    """Delete a pulse that never opened."""
    pulse = draft(session, actor, pulse_id)
    session.execute(delete(PulseInvitation).where(PulseInvitation.pulse_id == pulse_id))
    session.delete(pulse)
    session.flush()
    audit(session, actor, "drop", pulse_id, now)


def _write(pulse: Pulse, command: WritePulse, now: datetime) -> None:
    if command.closes_on < now.date():
        raise RuleBroken("closes_on", "Give a day that is not in the past.")
    statements = numbered(command.statements)
    pulse.name, pulse.closes_on = command.name, command.closes_on
    pulse.statements = [{"key": one.key, "text": one.text} for one in statements]
    pulse.question, pulse.shows_names = command.question, command.shows_names


def _last_of(session: Session, cohort_id: int | None) -> Pulse | None:
    if cohort_id is None:
        return None
    wanted = select(Pulse).where(Pulse.cohort_id == cohort_id, Pulse.kind == PulseKind.TRUST)
    return session.scalars(wanted.order_by(Pulse.opens_on.desc(), Pulse.id).limit(1)).first()


def _next_name(session: Session, before: Pulse) -> str:
    first = before.series_id or before.id
    count = select(func.count()).where(func.coalesce(Pulse.series_id, Pulse.id) == first)
    name = session.scalars(select(Pulse.name).where(Pulse.id == first)).first() or before.name
    return f"{name[:190]}, {(session.scalar(count) or 0) + 1}"


def _invite_people(session: Session, pulse: Pulse, people: Collection[int]) -> int:
    taken = {row.email for row in invitations(session, pulse.id)}
    added = 0
    for person in people_named(session, people).values():
        if person.email and person.active and person.email not in taken:
            taken.add(person.email)
            _invite(session, pulse, person.name, person.email, person.id)
            added += 1
    session.flush()
    return added


def _invite(session: Session, pulse: Pulse, name: str, email: str, person_id: int | None) -> None:
    session.add(PulseInvitation(pulse_id=pulse.id, name=name, email=email, person_id=person_id))
