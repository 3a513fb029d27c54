"""Opening a cycle after the launch check, and reminding those who have not answered."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.keys import KEY_BYTES
from ldtrack.feedback.domain.launch import LaunchProblem, launch_problems
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.timeline import CycleState, SubjectState, moved
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.cycles import require_hr, row_of, subjects_of
from ldtrack.feedback.queries.raters import answered, raters_of, requests_elsewhere
from ldtrack.feedback.service.cycles import audit, draft, locked
from ldtrack.feedback.service.invitations import Delivery, send_invitations, send_reminders
from ldtrack.feedback.service.questionnaires import freeze
from ldtrack.outbox.service import ask
from ldtrack.people.queries import rater_floor

CLOSE_JOB = "feedback.close"


def launch_check(
    session: Session, actor: Actor, cycle_id: int, *, now: datetime
) -> tuple[LaunchProblem, ...]:
    """Everything that would go wrong if the cycle opened now."""
    return _problems(session, draft(session, actor, cycle_id), now)


def open_cycle(
    session: Session, actor: Actor, cycle_id: int, *, now: datetime, delivery: Delivery
) -> None:
    """Fix the floor, make everybody's secret, and ask their raters at one hour.

    Raises `RuleBroken` if the launch check finds something that stops it.
    """
    cycle = draft(session, actor, cycle_id)
    stopping = [problem for problem in _problems(session, cycle, now) if problem.stops]
    if stopping:
        raise RuleBroken("cycle", stopping[0].sentence)
    cycle.state = moved(CycleState(cycle.state), CycleState.OPEN)
    cycle.k = max(cycle.k, rater_floor(session, actor.organisation_id))
    cycle.opens_on = now.date()
    freeze(session, cycle.questionnaire_id)
    session.flush()
    for subject in session.scalars(select(Subject).where(Subject.cycle_id == cycle_id)):
        subject.state = moved(SubjectState(subject.state), SubjectState.OPEN)
        subject.key = secrets.token_bytes(KEY_BYTES)
        subject.opens_on, subject.closes_on = cycle.opens_on, cycle.closes_on
    session.flush()
    send_invitations(session, cycle, _invitations(session, cycle_id), now=now, delivery=delivery)
    ask_to_close(session, cycle_id)
    audit(session, actor, "open", cycle_id, now)


def remind(
    session: Session, actor: Actor, cycle_id: int, *, now: datetime, delivery: Delivery
) -> int:
    """Remind everybody who has not answered, all at one hour. Returns how many."""
    require_hr(actor)
    cycle = locked(session, cycle_id)
    if cycle.state != CycleState.OPEN:
        raise RuleBroken("cycle", "Reminders go out while a cycle is open.")
    done = answered(session, cycle_id, rater_key=delivery.rater_key)
    asked = _invitations(session, cycle_id, open_on=now.date())
    waiting = [row for row in asked if row.id not in done]
    send_reminders(session, cycle, waiting, now=now, delivery=delivery)
    audit(session, actor, "remind", cycle_id, now)
    return len(waiting)


def ask_to_close(session: Session, cycle_id: int) -> None:
    """Leave a job that closes whatever is open once the next last day is over."""
    last_day = session.scalar(
        select(func.min(Subject.closes_on)).where(
            Subject.cycle_id == cycle_id, Subject.state == SubjectState.OPEN
        )
    )
    if last_day is not None:
        midnight = datetime.combine(last_day + timedelta(days=1), time(), UTC)
        ask(session, kind=CLOSE_JOB, thing_id=cycle_id, due_at=midnight)


def _problems(session: Session, cycle: Cycle, now: datetime) -> tuple[LaunchProblem, ...]:
    return launch_problems(
        row_of(cycle),
        subjects_of(session, cycle.id),
        raters_of(session, cycle.id),
        now.date(),
        requests_elsewhere(session, cycle.id),
    )


def _invitations(
    session: Session, cycle_id: int, *, open_on: date | None = None
) -> list[Invitation]:
    """Who is asked in the cycle; with a day, only by questionnaires that are open on it."""
    wanted = (
        select(Invitation)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(Subject.cycle_id == cycle_id, Invitation.state == InvitationState.APPROVED)
        .order_by(Invitation.name, Invitation.id)
    )
    if open_on is not None:
        wanted = wanted.where(Subject.state == SubjectState.OPEN, Subject.closes_on >= open_on)
    return list(session.scalars(wanted))
