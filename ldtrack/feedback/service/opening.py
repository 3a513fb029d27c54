"""Opening questionnaires after the launch check: for all on one day, or each when ready."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.core.zones import begins
from ldtrack.feedback.domain.keys import KEY_BYTES
from ldtrack.feedback.domain.launch import OF_ALL, LaunchProblem, launch_problems
from ldtrack.feedback.domain.letters import sending_hour
from ldtrack.feedback.domain.nominating import InvitationState, Nominates
from ldtrack.feedback.domain.timeline import CycleState, Pace, SubjectState, moved
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.launch import planned, planned_of_one
from ldtrack.feedback.service.asking_leaders import ask_leaders
from ldtrack.feedback.service.cycles import audit, coach_of, draft, locked, not_begun
from ldtrack.feedback.service.invitations import Delivery, send_invitations
from ldtrack.feedback.service.questionnaires import freeze
from ldtrack.feedback.service.reminding import ask_to_remind
from ldtrack.outbox.service import ask
from ldtrack.people.queries import rater_floor, time_zone

CLOSE_JOB = "feedback.close"
INVITE_JOB = "feedback.invite"
HOUR_OF_ALL = "hour"
"""Where that job keeps the hour of the act, so that every part's mails carry it."""
A_PART = 50
"""Subjects whose raters are asked in one transaction."""


def launch_check(
    session: Session, actor: Actor, cycle_id: int, *, now: datetime
) -> tuple[LaunchProblem, ...]:
    """Everything that would go wrong if the cycle opened now."""
    return _problems(session, actor, not_begun(session, actor, cycle_id), now)


def begin_nominating(
    session: Session,
    actor: Actor,
    cycle_id: int,
    *,
    now: datetime,
    base_url: str | None = None,
) -> None:
    """Let the leaders say whom to ask, before everybody's questionnaires open on one day."""
    cycle = draft(session, actor, cycle_id)
    if cycle.nominates != Nominates.LEADER or cycle.pace != Pace.TOGETHER:
        raise Conflict("In this cycle leaders do not propose raters first.")
    stopping = [problem for problem in _problems(session, actor, cycle, now) if problem.stops]
    if stopping:
        raise RuleBroken("cycle", stopping[0].sentence)
    _settle(session, actor, cycle, CycleState.NOMINATING)
    ask_leaders(session, cycle, now=now, base_url=base_url)
    audit(session, actor, "begin_nominating", cycle_id, now)


def begin_without_trust(
    session: Session, actor: Actor, cycle_id: int, reason: str, *, now: datetime
) -> None:
    """Say why a group's first 360 begins though no trust pulse came before it."""
    not_begun(session, actor, cycle_id).begins_anyway = reason
    session.flush()
    audit(session, actor, "begin_without_trust", cycle_id, now, reason=reason)


def open_cycle(
    session: Session, actor: Actor, cycle_id: int, *, now: datetime, delivery: Delivery
) -> None:
    """Fix the settings; ask all raters at one hour, or let each leader begin when ready.

    Raises `RuleBroken` if the launch check finds something that stops it.
    """
    cycle = not_begun(session, actor, cycle_id)
    rolling = cycle.pace == Pace.ROLLING
    if cycle.nominates == Nominates.LEADER and not rolling and cycle.state == CycleState.DRAFT:
        raise Conflict("Let the leaders say first whom to ask.")
    stopping = [problem for problem in _problems(session, actor, cycle, now) if problem.stops]
    if rolling:
        # What is wrong with one person's raters stops that person's questionnaires only.
        stopping = [problem for problem in stopping if problem.mend in OF_ALL]
    if stopping:
        raise RuleBroken("cycle", stopping[0].sentence)
    cycle.opens_on = now.date()
    _settle(session, actor, cycle, CycleState.OPEN)
    if rolling:
        if cycle.nominates == Nominates.LEADER:
            ask_leaders(session, cycle, now=now, base_url=delivery.base_url)
    else:
        wanted = select(Subject).where(Subject.cycle_id == cycle_id)
        subjects = session.scalars(wanted).all()
        people = [subject.person_id for subject in subjects]
        coaches = holders_of(session, people, RelationshipKind.COACH, now.date())
        for subject in subjects:
            subject.coach_id = coaches.get(subject.person_id)
            _start(subject, now.date(), cycle.closes_on)
        session.flush()
        _invite(session, cycle, now, delivery)
    ask_to_close(session, cycle)
    audit(session, actor, "open", cycle_id, now)


def start_subject(
    session: Session, actor: Actor, subject_id: int, *, now: datetime, delivery: Delivery
) -> None:
    """Open the questionnaires about one person, in a rolling cycle: by HR or the leader."""
    subject = session.get(Subject, subject_id)
    if subject is None:
        raise NotVisible
    policy.require_visible(
        actor,
        Action.START_FEEDBACK,
        Facts(organisation_id=actor.organisation_id, person_id=subject.person_id),
    )
    cycle = locked(session, subject.cycle_id)
    session.refresh(subject)
    _check_may_start(cycle, subject, now.date())
    found = launch_problems(planned_of_one(session, actor, cycle.id, subject_id, now.date()))
    stopping = [problem for problem in found if problem.stops]
    if stopping:
        raise RuleBroken("subject", stopping[0].sentence)
    subject.coach_id = coach_of(session, subject.person_id, now.date())
    _start(subject, now.date(), now.date() + timedelta(days=cycle.days or 0))
    session.flush()
    _invite(session, cycle, now, delivery)
    ask_to_close(session, cycle)
    audit(session, actor, "start", cycle.id, now, person_id=subject.person_id)


def invite_some(session: Session, cycle_id: int, *, now: datetime, delivery: Delivery) -> int:
    """Ask the raters of some subjects that are open. Returns how many subjects are left."""
    cycle = locked(session, cycle_id)
    waiting = _waiting(cycle_id)
    ids = session.scalars(waiting.order_by(Subject.id).limit(A_PART)).all()
    invited = session.scalars(
        select(Invitation)
        .where(
            Invitation.subject_id.in_(ids),
            Invitation.state == InvitationState.APPROVED,
            Invitation.sent_on.is_(None),
        )
        .order_by(Invitation.name, Invitation.id)
    ).all()
    send_invitations(session, cycle, invited, now=now, delivery=delivery)
    return left_to_invite(session, cycle_id)


def left_to_invite(session: Session, cycle_id: int) -> int:
    """How many open subjects have raters who were not asked yet."""
    return session.scalar(select(func.count()).select_from(_waiting(cycle_id).subquery())) or 0


def ask_to_close(session: Session, cycle: Cycle) -> None:
    """Leave a job that closes whatever is open once the next last day is over."""
    last_day = session.scalar(
        select(func.min(Subject.closes_on)).where(
            Subject.cycle_id == cycle.id, Subject.state == SubjectState.OPEN
        )
    )
    if last_day is None and cycle.state == CycleState.OPEN:
        last_day = cycle.closes_on
    if last_day is not None:
        over = begins(last_day + timedelta(days=1), time_zone(session))
        ask(session, kind=CLOSE_JOB, thing_id=cycle.id, due_at=over)


def _settle(session: Session, actor: Actor, cycle: Cycle, state: CycleState) -> None:
    """From here on settings only become stricter, and questions do not change."""
    cycle.state = moved(CycleState(cycle.state), state)
    cycle.k = max(cycle.k, rater_floor(session, actor.organisation_id))
    freeze(session, cycle.questionnaire_id)
    session.flush()


def _check_may_start(cycle: Cycle, subject: Subject, today: date) -> None:
    if cycle.pace != Pace.ROLLING or cycle.state != CycleState.OPEN:
        raise Conflict("In this cycle nobody starts on their own.")
    if today > cycle.closes_on:
        raise Conflict("This cycle has ended; nobody can start any more.")
    settled = subject.state == SubjectState.READY or (
        subject.state == SubjectState.DRAFT and cycle.nominates == Nominates.HR
    )
    if not settled:
        raise Conflict("The raters are not settled yet.")


def _start(subject: Subject, opens_on: date, closes_on: date) -> None:
    subject.state = moved(SubjectState(subject.state), SubjectState.OPEN)
    subject.key = secrets.token_bytes(KEY_BYTES)
    subject.opens_on, subject.closes_on = opens_on, closes_on


def _invite(session: Session, cycle: Cycle, now: datetime, delivery: Delivery) -> None:
    if invite_some(session, cycle.id, now=now, delivery=delivery):
        hour = sending_hour(now).isoformat()
        ask(session, kind=INVITE_JOB, thing_id=cycle.id, due_at=now, details={HOUR_OF_ALL: hour})
    ask_to_remind(session, cycle, now)


def _problems(
    session: Session, actor: Actor, cycle: Cycle, now: datetime
) -> tuple[LaunchProblem, ...]:
    return launch_problems(planned(session, actor, cycle.id, now.date()))


def _waiting(cycle_id: int) -> Select[int]:
    # A join, because SQLite would look through every invitation again for each subject.
    return (
        select(Subject.id)
        .join(Invitation, Invitation.subject_id == Subject.id)
        .where(
            Subject.cycle_id == cycle_id,
            Subject.state == SubjectState.OPEN,
            Invitation.state == InvitationState.APPROVED,
            Invitation.sent_on.is_(None),
        )
        .group_by(Subject.id)
    )
