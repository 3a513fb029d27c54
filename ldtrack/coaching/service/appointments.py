"""Planning sessions, moving them, and saying that one did not come about."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain.appointments import (
    REMINDED,
    AppointmentState,
    PlanAppointment,
    check_times,
)
from ldtrack.coaching.models import Appointment, CoachingSession, Engagement
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.service.found import facts_of
from ldtrack.coaching.service.inviting import Sender, invite
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.core.zones import begins
from ldtrack.outbox.service import ask
from ldtrack.people.queries import here, time_zone

REMIND = "coaching.remind"


def plan_appointment(
    session: Session,
    actor: Actor,
    engagement_id: int,
    command: PlanAppointment,
    *,
    now: datetime,
    sender: Sender,
) -> int:
    """Plan a session by the organisation's clocks and invite both. Returns its id."""
    one = _engagement(session, actor, engagement_id)
    row = Appointment(engagement_id=one.id)
    _write(session, actor, row, command, now)
    session.add(row)
    session.flush()
    _tell(session, row, one, now, sender)
    return row.id


def move_appointment(
    session: Session,
    actor: Actor,
    appointment_id: int,
    command: PlanAppointment,
    *,
    now: datetime,
    sender: Sender,
) -> int:
    """Change when or where it is; calendars follow. Returns whose coaching it is."""
    row, one = _planned(session, actor, appointment_id)
    row.turn += 1
    _write(session, actor, row, command, now)
    session.flush()
    _tell(session, row, one, now, sender)
    return one.person_id


def call_off(
    session: Session,
    actor: Actor,
    appointment_id: int,
    word: str,
    *,
    now: datetime,
    sender: Sender,
) -> int:
    """Cancel it, with a word on why, which the other reads. Returns whose coaching it is."""
    row, one = _planned(session, actor, appointment_id)
    if not word:
        raise RuleBroken("word", "Say in a few words why; the other one reads it.")
    row.turn += 1
    _end(session, actor, row, AppointmentState.CANCELLED, word, now)
    _tell(session, row, one, now, sender)
    return one.person_id


def say_missed(
    session: Session, actor: Actor, appointment_id: int, word: str, *, now: datetime
) -> int:
    """The coach says that nobody came, once it should have begun. Returns whose coaching it is."""
    row, one = _planned(session, actor, appointment_id)
    policy.require(actor, Action.LOG_SESSION, facts_of(actor, one))
    if row.starts_at > now:
        raise Conflict("It has not begun yet. You can cancel it.")
    _end(session, actor, row, AppointmentState.NO_SHOW, word, now)
    carry_next_day(session, one)
    return one.person_id


def call_off_all(
    session: Session, actor: Actor, one: Engagement, word: str, *, now: datetime, sender: Sender
) -> None:
    """Cancel whatever is planned from now on in coaching that is about to end; both are told."""
    for row in session.scalars(
        select(Appointment)
        .where(
            Appointment.engagement_id == one.id,
            Appointment.state == AppointmentState.PLANNED,
            Appointment.starts_at > now,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all():
        row.turn += 1
        _end(session, actor, row, AppointmentState.CANCELLED, word, now)
        _tell(session, row, one, now, sender)


def hold_planned(session: Session, held: CoachingSession, now: datetime) -> None:
    """A session that was planned for the day on which one was held is that one."""
    zone = time_zone(session)
    first, last = begins(held.held_on, zone), begins(held.held_on + timedelta(days=1), zone)
    row = session.scalars(
        select(Appointment)
        .where(
            Appointment.engagement_id == held.engagement_id,
            Appointment.state == AppointmentState.PLANNED,
            Appointment.starts_at >= first,
            Appointment.starts_at < last,
        )
        .order_by(Appointment.starts_at, Appointment.id)
        .limit(1)
    ).first()
    if row is not None:
        row.state, row.session_id, row.changed_at = AppointmentState.HELD, held.id, now
        session.flush()


def plan_again_what_was_held(session: Session, held: CoachingSession) -> None:
    """A session that is taken back was not held, so it is planned as before."""
    for row in session.scalars(select(Appointment).where(Appointment.session_id == held.id)):
        row.state, row.session_id = AppointmentState.PLANNED, None
    session.flush()


def carry_next_day(session: Session, one: Engagement) -> None:
    """Where coaching names the day of its next session, name that of the next planned one."""
    ahead = session.scalars(
        select(Appointment.starts_at)
        .where(Appointment.engagement_id == one.id, Appointment.state == AppointmentState.PLANNED)
        .order_by(Appointment.starts_at)
        .limit(1)
    ).first()
    day = None if ahead is None else here(session, ahead).date()
    latest = session.scalars(
        select(CoachingSession)
        .where(CoachingSession.engagement_id == one.id)
        .order_by(
            CoachingSession.held_on.desc(), CoachingSession.logged_at.desc(), CoachingSession.id
        )
        .limit(1)
    ).first()
    if latest is None:
        one.first_on = day if day is None or day >= one.starts_on else one.first_on
    elif day is None or day > latest.held_on:
        latest.next_on = day
    session.flush()


def _write(
    session: Session, actor: Actor, row: Appointment, command: PlanAppointment, now: datetime
) -> None:
    starts_at = begins(command.on, time_zone(session), command.at)
    check_times(command.minutes, starts_at, now=now)
    row.starts_at, row.ends_at = starts_at, starts_at + timedelta(minutes=command.minutes)
    row.place, row.link = command.place, command.link
    row.changed_at, row.changed_by_id = now, actor.person_id


def _end(
    session: Session,
    actor: Actor,
    row: Appointment,
    state: AppointmentState,
    word: str,
    now: datetime,
) -> None:
    row.state, row.word = state, word
    row.changed_at, row.changed_by_id = now, actor.person_id
    session.flush()


def _tell(
    session: Session, row: Appointment, one: Engagement, now: datetime, sender: Sender
) -> None:
    carry_next_day(session, one)
    invite(session, row, one, now=now, sender=sender)
    if row.state is AppointmentState.PLANNED:
        ask(session, kind=REMIND, thing_id=row.id, due_at=max(now, row.starts_at - REMINDED))


def _planned(session: Session, actor: Actor, appointment_id: int) -> tuple[Appointment, Engagement]:
    row = session.get(Appointment, appointment_id)
    if row is None:
        raise NotVisible
    one = _engagement(session, actor, row.engagement_id)
    if row.state != AppointmentState.PLANNED:
        raise Conflict("This session is not planned any more.")
    return row, one


def _engagement(session: Session, actor: Actor, engagement_id: int) -> Engagement:
    one = session.scalars(
        select(Engagement).where(Engagement.id == engagement_id, readable(actor))
    ).first()
    if one is None:
        raise NotVisible
    policy.require(actor, Action.PLAN_SESSION, facts_of(actor, one))
    if one.ends_on is not None:
        raise Conflict("This coaching has ended, so nothing can be added to it.")
    return one
