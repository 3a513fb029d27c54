"""Moving days: of a cycle, before and after it opens, or of one person's questionnaires."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback.domain.letters import day_in_words
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.pulses.rows import PulseState
from ldtrack.feedback.domain.timeline import CycleState, Pace, SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Pulse, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.cycles import audit, locked, not_begun
from ldtrack.feedback.service.invitations import Delivery, send_new_day
from ldtrack.feedback.service.opening import ask_to_close
from ldtrack.feedback.service.pulses.opening import ask_to_close as ask_to_close_pulse
from ldtrack.feedback.service.reminding import ask_to_remind


def change_days(
    session: Session,
    actor: Actor,
    cycle_id: int,
    *,
    opens_on: date,
    closes_on: date,
    now: datetime,
) -> None:
    """Plan a cycle that has not opened for other days; it still opens when HR opens it.

    Its day counts: requests are spread over quarters by it.
    """
    cycle = not_begun(session, actor, cycle_id)
    if opens_on < now.date() and opens_on != cycle.opens_on:
        raise RuleBroken("opens_on", "Give a day that is not in the past.")
    if closes_on < opens_on:
        raise RuleBroken("closes_on", "The last day lies before the first.")
    cycle.opens_on, cycle.closes_on = opens_on, closes_on
    session.flush()
    audit(session, actor, "change_days", cycle_id, now)


def change_last_day(
    session: Session,
    actor: Actor,
    cycle_id: int,
    closes_on: date,
    *,
    now: datetime,
    delivery: Delivery,
    knows: bool = False,
) -> None:
    """Move the last day of a cycle that has not closed, for everybody who is still open.

    Raises `RuleBroken` for a day before the one that raters were told, unless HR `knows` what that
    does. Everybody who was asked is written to then, whether they have answered or not.
    """
    require_hr(actor)
    cycle = locked(session, cycle_id)
    if cycle.state in (CycleState.CLOSED, CycleState.ARCHIVED):
        raise Conflict("This cycle has closed; its last day is past.")
    if closes_on < max(cycle.opens_on, now.date()):
        raise RuleBroken("closes_on", "Give a day that is not in the past.")
    if cycle.pace == Pace.ROLLING:
        # It is the last day to start, of which raters were told nothing.
        cycle.closes_on = closes_on
    else:
        mine = Subject.cycle_id == cycle_id, Subject.state == SubjectState.OPEN
        told = session.scalar(select(func.max(Subject.closes_on)).where(*mine))
        _check_knows(told, closes_on, knows)
        cycle.closes_on = closes_on
        session.execute(update(Subject).where(*mine).values(closes_on=closes_on))
        if told is not None and closes_on < told:
            _tell_raters(session, cycle, mine, now, delivery)
    session.flush()
    _ask_again(session, cycle, now)
    audit(session, actor, "change_last_day", cycle_id, now)


def change_last_day_of(
    session: Session,
    actor: Actor,
    subject_id: int,
    closes_on: date,
    *,
    now: datetime,
    delivery: Delivery,
    knows: bool = False,
) -> int:
    """Move the last day of one person's questionnaires that are open, by the same rules.

    Returns the cycle's id.
    """
    require_hr(actor)
    subject = session.get(Subject, subject_id)
    if subject is None:
        raise NotVisible
    cycle = locked(session, subject.cycle_id)
    session.refresh(subject)
    if subject.state != SubjectState.OPEN:
        raise Conflict("These questionnaires are not open.")
    if closes_on < now.date():
        raise RuleBroken("closes_on", "Give a day that is not in the past.")
    told = subject.closes_on
    _check_knows(told, closes_on, knows)
    subject.closes_on = closes_on
    session.flush()
    if told is not None and closes_on < told:
        _tell_raters(session, cycle, (Subject.id == subject_id,), now, delivery)
    _ask_again(session, cycle, now)
    audit(session, actor, "change_last_day", subject.cycle_id, now, person_id=subject.person_id)
    return subject.cycle_id


def _check_knows(told: date | None, closes_on: date, knows: bool) -> None:
    if told is not None and closes_on < told and not knows:
        raise RuleBroken("knows", f"Raters were told {day_in_words(told)}. Say that you know.")


def _tell_raters(
    session: Session,
    cycle: Cycle,
    which: Sequence[ColumnElement[bool]],
    now: datetime,
    delivery: Delivery,
) -> None:
    asked = session.scalars(
        select(Invitation)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(
            *which,
            Invitation.state == InvitationState.APPROVED,
            Invitation.sent_on.is_not(None),
        )
        .order_by(Invitation.name, Invitation.id)
    ).all()
    send_new_day(session, cycle, asked, now=now, delivery=delivery)


def plan_afresh(session: Session, *, now: datetime) -> None:
    """Plan closes and reminders anew, because the organisation's days begin at another hour."""
    for cycle in session.scalars(select(Cycle).where(Cycle.state == CycleState.OPEN)):
        _ask_again(session, cycle, now)
    for pulse in session.scalars(select(Pulse).where(Pulse.state == PulseState.OPEN)):
        ask_to_close_pulse(session, pulse)


def _ask_again(session: Session, cycle: Cycle, now: datetime) -> None:
    """An earlier day brings the jobs forward; for a later one they wait again when they run."""
    if cycle.state == CycleState.OPEN:
        ask_to_close(session, cycle)
        ask_to_remind(session, cycle, now)
