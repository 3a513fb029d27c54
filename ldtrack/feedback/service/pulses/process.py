"""Asking raters and leaders about a cycle once it has closed, each of them apart.

That a cycle asks is said by two drafts that wait for its close.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict
from ldtrack.feedback.domain.anonymity import meets_floor
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.pulses.commands import numbered
from ldtrack.feedback.domain.pulses.result import PulseResult, result_to_dict
from ldtrack.feedback.domain.pulses.rows import PROCESS_KINDS, PulseKind, PulseState
from ldtrack.feedback.domain.pulses.wording import PROCESS_QUESTION, PROCESS_STATEMENTS
from ldtrack.feedback.domain.timeline import CycleState
from ldtrack.feedback.models import Cycle, Invitation, Pulse, PulseInvitation, Subject
from ldtrack.feedback.queries.pulses.running import require_pulses
from ldtrack.feedback.service.cycles import locked as locked_cycle
from ldtrack.feedback.service.invitations import Delivery
from ldtrack.feedback.service.pulses.found import audit, invitations
from ldtrack.feedback.service.pulses.opening import begin
from ldtrack.outbox.service import ask
from ldtrack.people.queries import people_named

PROCESS_JOB = "feedback.process_pulses"
_OPEN_FOR = timedelta(days=14)

Known = tuple[str, int | None]
"""A name, and the person if they are known here."""


def ask_about_process(session: Session, actor: Actor, cycle_id: int, *, now: datetime) -> None:
    """Have raters and leaders asked how it was, as soon as the cycle closes; twice does no harm."""
    require_pulses(actor)
    cycle = locked_cycle(session, cycle_id)
    if cycle.state in (CycleState.CLOSED, CycleState.ARCHIVED):
        raise Conflict("This cycle has closed; it is too late to ask about it.")
    if _drafts(session, cycle_id):
        return
    for kind in PROCESS_KINDS:
        statements = numbered(PROCESS_STATEMENTS[kind])
        pulse = Pulse(
            kind=kind,
            name=cycle.name,
            k=cycle.k,
            opens_on=cycle.closes_on,
            closes_on=cycle.closes_on + _OPEN_FOR,
            statements=[{"key": one.key, "text": one.text} for one in statements],
            question=PROCESS_QUESTION,
            cycle_id=cycle_id,
        )
        session.add(pulse)
        session.flush()
        audit(session, actor, "create", pulse.id, now)


def leave_process_alone(session: Session, actor: Actor, cycle_id: int, *, now: datetime) -> None:
    """Ask nobody after all, as long as nobody was asked."""
    require_pulses(actor)
    locked_cycle(session, cycle_id)
    for pulse in _drafts(session, cycle_id):
        audit(session, actor, "drop", pulse.id, now)
        session.delete(pulse)
    session.flush()


def ask_for_process_pulses(session: Session, cycle_id: int, now: datetime) -> None:
    """Leave a job that asks, if the cycle that has just closed says so."""
    if _drafts(session, cycle_id):
        ask(session, kind=PROCESS_JOB, thing_id=cycle_id, due_at=now)


def open_process_pulses(
    session: Session, cycle_id: int, *, now: datetime, delivery: Delivery
) -> None:
    """Ask everybody who was invited to rate, and every leader; once.

    Where too few people can be asked for an anonymous answer, nobody is.
    """
    cycle = locked_cycle(session, cycle_id)
    if cycle.state != CycleState.CLOSED:
        return
    for pulse in _drafts(session, cycle_id):
        _open(session, cycle, pulse, now, delivery)


def _open(session: Session, cycle: Cycle, pulse: Pulse, now: datetime, delivery: Delivery) -> None:
    is_raters = pulse.kind == PulseKind.PROCESS_RATERS
    people = _raters(session, cycle.id) if is_raters else _leaders(session, cycle.id)
    pulse.k, pulse.name = max(pulse.k, cycle.k), cycle.name
    pulse.opens_on, pulse.closes_on = now.date(), now.date() + _OPEN_FOR
    if not meets_floor(len(people), pulse.k):
        sentence = f"Fewer than {pulse.k} people could be asked, so nobody was."
        pulse.state, pulse.closed_on = PulseState.CLOSED, now.date()
        pulse.result = result_to_dict(PulseResult(k=pulse.k, sentence=sentence))
        pulse.verdict = {"passed": True, "k": pulse.k, "shown": [], "complete": [], "texts": 0}
        session.flush()
        return
    session.add_all(
        PulseInvitation(pulse_id=pulse.id, name=name, email=email, person_id=person_id)
        for email, (name, person_id) in sorted(people.items())
    )
    session.flush()
    begin(session, pulse, invitations(session, pulse.id), now=now, delivery=delivery)
    audit(session, None, "open", pulse.id, now)


def _drafts(session: Session, cycle_id: int) -> list[Pulse]:
    return list(
        session.scalars(
            select(Pulse)
            .where(Pulse.cycle_id == cycle_id, Pulse.state == PulseState.DRAFT)
            .order_by(Pulse.kind)
        )
    )


def _raters(session: Session, cycle_id: int) -> Mapping[str, Known]:
    rows = session.execute(
        select(Invitation.email, Invitation.name, Invitation.person_id)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(Subject.cycle_id == cycle_id, Invitation.group_key != SELF_GROUP)
        .order_by(Invitation.name)
    )
    return {email: (name, person_id) for email, name, person_id in rows}


def _leaders(session: Session, cycle_id: int) -> Mapping[str, Known]:
    ids = session.scalars(select(Subject.person_id).where(Subject.cycle_id == cycle_id))
    people = people_named(session, ids).values()
    return {row.email: (row.name, row.id) for row in people if row.email and row.active}
