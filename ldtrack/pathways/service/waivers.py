"""Letting somebody pass without a step or a gate, by name and with a reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.pathways.domain import Waive
from ldtrack.pathways.models import Enrolment, Waiver
from ldtrack.pathways.queries import progress_of
from ldtrack.pathways.service.found import writable


def waive(
    session: Session, actor: Actor, enrolment_id: int, command: Waive, *, now: datetime
) -> int:
    """Waive a step or a gate for one person. Returns the waiver's id."""
    enrolment = writable(session, actor, enrolment_id)
    if not command.reason.strip():
        raise RuleBroken("reason", "Say why; the leader reads it.")
    if actor.person_id is None:
        raise RuleBroken("", "A waiver carries a name, and your account belongs to no person.")
    _is_open(session, actor, enrolment_id, command, now)
    waiver = Waiver(
        enrolment_id=enrolment_id,
        step_id=command.step_id,
        gate_id=command.gate_id,
        reason=command.reason,
        waived_by=actor.person_id,
        waived_on=now.date(),
    )
    session.add(waiver)
    session.flush()
    _audit(session, actor, enrolment, waiver, command.reason, now)
    return waiver.id


def take_back_waiver(
    session: Session, actor: Actor, enrolment_id: int, command: Waive, *, now: datetime
) -> None:
    """Ask for a waived step or gate again."""
    enrolment = writable(session, actor, enrolment_id)
    waiver = session.scalar(
        select(Waiver).where(
            Waiver.enrolment_id == enrolment_id,
            Waiver.step_id == command.step_id,
            Waiver.gate_id == command.gate_id,
        )
    )
    if waiver is None:
        raise NotVisible
    _audit(session, actor, enrolment, waiver, "Taken back", now)
    session.delete(waiver)
    session.flush()


def _is_open(
    session: Session, actor: Actor, enrolment_id: int, command: Waive, now: datetime
) -> None:
    progress = progress_of(session, actor, enrolment_id, now.date())
    step = next((each for each in progress.steps if each.step.id == command.step_id), None)
    gates = [held for stage in progress.stages for held in stage.gates]
    gate = next((each for each in gates if each.gate.id == command.gate_id), None)
    if (step is None) == (gate is None):
        raise NotVisible
    if step is not None and step.state.is_settled:
        raise RuleBroken("", f"“{step.step.title}” is {step.state} already.")
    if gate is not None and gate.waived is not None:
        raise RuleBroken("", "This gate is waived already.")


def _audit(
    session: Session,
    actor: Actor,
    enrolment: Enrolment,
    waiver: Waiver,
    reason: str,
    now: datetime,
) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="waiver",
        thing_id=waiver.id,
        person_id=enrolment.person_id,
        happened_at=now,
        reason=reason,
    )
