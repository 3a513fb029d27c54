"""Reminding those who have not answered: by the cycle's plan, at one hour for all, or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import RuleBroken
from ldtrack.core.zones import begins
from ldtrack.feedback.domain.letters import sending_hour
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.timeline import CycleState, SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.queries.raters import answered_about
from ldtrack.feedback.service.cycles import audit, locked
from ldtrack.feedback.service.invitations import Delivery, send_reminders
from ldtrack.feedback.service.leaving import let_leavers_go
from ldtrack.outbox.service import ask
from ldtrack.people.queries import time_zone

REMIND_JOB = "feedback.remind"
HOUR = time(8)
"""When planned reminders go out by the organisation's clocks, everybody's at once."""
A_PART = 50
"""Subjects whose raters are reminded in one transaction."""


def remind(
    session: Session, actor: Actor, cycle_id: int, *, now: datetime, delivery: Delivery
) -> int:
    """Remind everybody who has not answered, all at one hour. Returns how many."""
    require_hr(actor)
    cycle = locked(session, cycle_id)
    if cycle.state != CycleState.OPEN:
        raise RuleBroken("cycle", "Reminders go out while a cycle is open.")
    subjects = session.scalars(_open(cycle_id, now, true())).all()
    n = _remind(session, cycle, subjects, now, delivery)
    audit(session, actor, "remind", cycle_id, now)
    return n


def remind_some(session: Session, cycle_id: int, *, now: datetime, delivery: Delivery) -> int:
    """Send the reminders that the plan has for today, for some subjects. Returns how many are left.

    Each subject is remembered as reminded, so that nobody is reminded twice on a day. However long
    it takes, all mails of the day carry the planned hour.
    """
    cycle = locked(session, cycle_id)
    let_leavers_go(session, cycle_id, rater_key=delivery.rater_key)
    due = _open(cycle_id, now, _due(cycle, now))
    subjects = session.scalars(due.order_by(Subject.id).limit(A_PART)).all()
    planned = begins(now.date(), time_zone(session), HOUR)
    at_once = replace(delivery, hour=min(planned, sending_hour(now)))
    _remind(session, cycle, subjects, now, at_once)
    left = session.scalar(select(func.count()).select_from(due.subquery())) or 0
    if not left:
        ask_to_remind(session, cycle, now)
    return left


def ask_to_remind(session: Session, cycle: Cycle, now: datetime) -> None:
    """Leave a job for the next hour at which somebody is to be reminded, if there is one."""
    last_days = session.scalars(
        select(Subject.closes_on)
        .where(Subject.cycle_id == cycle.id, Subject.state == SubjectState.OPEN)
        .distinct()
    )
    zone = time_zone(session)
    hours = [
        begins(last_day - timedelta(days=days), zone, HOUR)
        for last_day in last_days
        if last_day is not None
        for days in cycle.reminder_days
    ]
    if later := [hour for hour in hours if hour > now]:
        ask(session, kind=REMIND_JOB, thing_id=cycle.id, due_at=min(later))


def _remind(
    session: Session,
    cycle: Cycle,
    subjects: Sequence[Subject],
    now: datetime,
    delivery: Delivery,
) -> int:
    ids = [subject.id for subject in subjects]
    done = answered_about(session, ids, rater_key=delivery.rater_key)
    asked = session.scalars(
        select(Invitation)
        .where(
            Invitation.subject_id.in_(ids),
            Invitation.state == InvitationState.APPROVED,
            Invitation.sent_on.is_not(None),
        )
        .order_by(Invitation.name, Invitation.id)
    )
    waiting = [row for row in asked if row.id not in done]
    send_reminders(session, cycle, waiting, now=now, delivery=delivery)
    for subject in subjects:
        subject.reminded_on = now.date()
    session.flush()
    return len(waiting)


def _open(cycle_id: int, now: datetime, which: ColumnElement[bool]) -> Select[Subject]:
    return select(Subject).where(
        Subject.cycle_id == cycle_id,
        Subject.state == SubjectState.OPEN,
        Subject.closes_on >= now.date(),
        which,
    )


def _due(cycle: Cycle, now: datetime) -> ColumnElement[bool]:
    today = now.date()
    return Subject.closes_on.in_(
        [today + timedelta(days=days) for days in cycle.reminder_days]
    ) & or_(Subject.reminded_on.is_(None), Subject.reminded_on < today)
