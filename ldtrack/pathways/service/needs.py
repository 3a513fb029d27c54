"""Stating what somebody needs so that they can take part, and settling it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.pathways.domain import (
    MOST_EXTRA_DAYS,
    EnrolmentState,
    NeedRow,
    NeedState,
    SettleNeed,
    StateNeed,
)
from ldtrack.pathways.models import Enrolment, ParticipantNeed
from ldtrack.pathways.queries import need
from ldtrack.people.queries import people_here


def state_need(session: Session, actor: Actor, command: StateNeed, *, now: datetime) -> int:
    """Say what somebody on their way needs. Returns its id."""
    enrolment = session.get(Enrolment, command.enrolment_id)
    if enrolment is None:
        raise NotVisible
    facts = Facts(organisation_id=enrolment.organisation_id, person_id=enrolment.person_id)
    policy.require_visible(actor, Action.STATE_NEED, facts)
    if enrolment.state != EnrolmentState.ACTIVE:
        raise Conflict("This enrolment has ended.")
    row = ParticipantNeed(
        enrolment_id=enrolment.id,
        kind=command.kind,
        words=command.words,
        stated_on=now.date(),
    )
    session.add(row)
    session.flush()
    _audit(session, actor, row.id, enrolment.person_id, NeedState.STATED, now)
    return row.id


def settle_need(
    session: Session, actor: Actor, need_id: int, command: SettleNeed, *, now: datetime
) -> None:
    """Say where it stands and who looks after it; the days of what is agreed shift due days.

    Of several needs of one enrolment the days add up.
    """
    held = need(session, actor, need_id)
    _require(actor, Action.SETTLE_NEED, held)
    if not 0 <= command.extra_days <= MOST_EXTRA_DAYS:
        raise RuleBroken("extra_days", f"Give a number of days from 0 to {MOST_EXTRA_DAYS}.")
    if command.owner_id is not None and not people_here(session, [command.owner_id]):
        raise RuleBroken("owner_id", "Choose somebody of the organisation.")
    if command.state is NeedState.DECLINED and not command.answer.strip():
        raise RuleBroken("answer", "Say why; they read it.")
    row = session.get_one(ParticipantNeed, need_id)
    row.state = command.state
    row.owner_id = command.owner_id
    row.extra_days = command.extra_days
    row.answer = command.answer
    session.flush()
    _shift(session, row.enrolment_id)
    _audit(session, actor, need_id, held.person_id, command.state, now)


def take_need_back(session: Session, actor: Actor, need_id: int, *, now: datetime) -> None:
    """Forget a need: who stated it, or whom it is about, needs it no longer."""
    held = need(session, actor, need_id)
    _require(actor, Action.STATE_NEED, held)
    session.delete(session.get_one(ParticipantNeed, need_id))
    session.flush()
    _shift(session, held.enrolment_id)
    _audit(session, actor, need_id, held.person_id, None, now)


def _shift(session: Session, enrolment_id: int) -> None:
    granted = session.scalar(
        select(func.coalesce(func.sum(ParticipantNeed.extra_days), 0)).where(
            ParticipantNeed.enrolment_id == enrolment_id,
            ParticipantNeed.state.in_([state for state in NeedState if state.grants]),
        )
    )
    session.get_one(Enrolment, enrolment_id).extra_days = int(granted or 0)
    session.flush()


def _require(actor: Actor, action: Action, held: NeedRow) -> None:
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=held.person_id, owner_id=held.owner_id
    )
    policy.require(actor, action, facts)


def _audit(
    session: Session,
    actor: Actor,
    need_id: int,
    person_id: int,
    state: NeedState | None,
    now: datetime,
) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.SETTLE_NEED,
        thing="need",
        thing_id=need_id,
        person_id=person_id,
        happened_at=now,
        reason=state.label if state else "Taken back",
    )
