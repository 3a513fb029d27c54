"""Opening a cycle after the launch check, and reminding those who have not answered."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.keys import KEY_BYTES
from ldtrack.feedback.domain.launch import LaunchProblem, launch_problems
from ldtrack.feedback.domain.timeline import CycleState, accepts_answers, moved
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
    """Fix the floor, make the cycle's secret, and ask everybody at one hour.

    Raises `RuleBroken` if the launch check finds something that stops it.
    """
    cycle = draft(session, actor, cycle_id)
    stopping = [problem for problem in _problems(session, cycle, now) if problem.stops]
    if stopping:
        raise RuleBroken("cycle", stopping[0].sentence)
    cycle.state = moved(CycleState(cycle.state), CycleState.OPEN)
    cycle.key = secrets.token_bytes(KEY_BYTES)
    cycle.k = max(cycle.k, rater_floor(session, actor.organisation_id))
    cycle.opens_on = now.date()
    freeze(session, cycle.questionnaire_id)
    session.flush()
    session.execute(
        update(Subject).where(Subject.cycle_id == cycle_id).values(state=CycleState.OPEN)
    )
    send_invitations(session, cycle, _invitations(session, cycle_id), now=now, delivery=delivery)
    ask_to_close(session, cycle)
    audit(session, actor, "open", cycle_id, now)


def remind(
    session: Session, actor: Actor, cycle_id: int, *, now: datetime, delivery: Delivery
) -> int:
    """Remind everybody who has not answered, all at one hour. Returns how many."""
    require_hr(actor)
    cycle = locked(session, cycle_id)
    if not row_of(cycle).takes_answers(now.date()):
        raise RuleBroken("cycle", "Reminders go out while a cycle is open.")
    done = answered(session, cycle_id, rater_key=delivery.rater_key)
    waiting = [row for row in _invitations(session, cycle_id) if row.id not in done]
    send_reminders(session, cycle, waiting, now=now, delivery=delivery)
    audit(session, actor, "remind", cycle_id, now)
    return len(waiting)


def ask_to_close(session: Session, cycle: Cycle) -> None:
    """Leave a job that closes the cycle once its last day is over."""
    if accepts_answers(CycleState(cycle.state)):
        midnight = datetime.combine(cycle.closes_on + timedelta(days=1), time(), UTC)
        ask(session, kind=CLOSE_JOB, thing_id=cycle.id, due_at=midnight)


def _problems(session: Session, cycle: Cycle, now: datetime) -> tuple[LaunchProblem, ...]:
    return launch_problems(
        row_of(cycle),
        subjects_of(session, cycle.id),
        raters_of(session, cycle.id),
        now.date(),
        requests_elsewhere(session, cycle.id),
    )


def _invitations(session: Session, cycle_id: int) -> list[Invitation]:
    return list(
        session.scalars(
            select(Invitation)
            .join(Subject, Subject.id == Invitation.subject_id)
            .where(Subject.cycle_id == cycle_id)
            .order_by(Invitation.name, Invitation.id)
        )
    )
