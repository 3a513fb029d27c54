"""What a coach answers a leader who chooses: a day for a first talk, a yes, or a no with a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.domain.appointments import PlanAppointment, check_times
from ldtrack.coaching.domain.choosing import TALKS, TO_ANSWER, CandidateState, ChoiceOutcome
from ldtrack.coaching.models import CoachCandidate, CoachChoice
from ldtrack.coaching.queries.choices import candidate
from ldtrack.coaching.service import talks
from ldtrack.coaching.service.engagements import begin
from ldtrack.coaching.service.invitations import close, held
from ldtrack.coaching.service.inviting import Sender
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.core.zones import begins
from ldtrack.people.queries import time_zone

CANNOT_BEGIN = "Coaching cannot begin at present. Say no with a word, or ask HR."


def plan_talk(
    session: Session,
    actor: Actor,
    candidate_id: int,
    command: PlanAppointment,
    *,
    now: datetime,
    sender: Sender,
) -> None:
    """Give a first talk its day, or another one; both get it for their calendars."""
    _, row = _asked(session, actor, candidate_id)
    if row.state not in TALKS:
        raise Conflict
    starts_at = begins(command.on, time_zone(session), command.at)
    check_times(command.minutes, starts_at, now=now)
    moved = row.state is CandidateState.MEETING
    row.turn += 1
    row.state, row.changed_at = CandidateState.MEETING, now
    row.starts_at, row.ends_at = starts_at, starts_at + timedelta(minutes=command.minutes)
    row.place, row.link = command.place, command.link
    session.flush()
    talks.planned(session, candidate(session, row.id), moved=moved, now=now, sender=sender)


def accept_choice(
    session: Session, actor: Actor, candidate_id: int, *, now: datetime, sender: Sender
) -> int:
    """Say yes: the coaching begins today, and the leader's choice is over. Returns its id.

    Raises `RuleBroken` where it cannot begin; why, of what stands between them, is not told.
    """
    choice, row = _asked(session, actor, candidate_id)
    if row.state is not CandidateState.CHOSEN:
        raise Conflict
    # Now their place is kept no longer, so that it is free for the engagement.
    row.state = CandidateState.ACCEPTED
    session.flush()
    command = OpenEngagement(
        coach_id=row.coach_id,
        person_id=choice.person_id,
        starts_on=now.date(),
        sessions_agreed=choice.sessions_agreed,
    )
    try:
        engagement_id = begin(session, actor, command, now=now)
    except RuleBroken as refused:
        row.state = CandidateState.CHOSEN
        session.flush()
        raise RuleBroken("coach_id", CANNOT_BEGIN) from refused
    row.changed_at = now
    talks.accepted(session, candidate(session, row.id), now=now, sender=sender)
    close(session, choice, ChoiceOutcome.ACCEPTED, now=now, sender=sender)
    return engagement_id


def decline_choice(
    session: Session,
    actor: Actor,
    candidate_id: int,
    word: str,
    *,
    now: datetime,
    sender: Sender,
) -> None:
    """Say no to a talk or to coaching, with a word that the leader reads."""
    _, row = _asked(session, actor, candidate_id)
    if not word:
        raise RuleBroken("word", "Say in a few words why; the leader reads it.")
    row.turn += 1
    row.state, row.word, row.changed_at = CandidateState.DECLINED, word, now
    session.flush()
    talks.declined(session, candidate(session, row.id), now=now, sender=sender)


def _asked(session: Session, actor: Actor, candidate_id: int) -> tuple[CoachChoice, CoachCandidate]:
    """Where the actor is asked as a coach, while nobody else changes it."""
    row = session.get(CoachCandidate, candidate_id)
    if row is None:
        raise NotVisible
    facts = Facts(organisation_id=actor.organisation_id, owner_id=row.coach_id)
    policy.require_visible(actor, Action.ANSWER_CHOICE, facts)
    choice = held(session, row.choice_id)
    session.refresh(row)
    if choice.ended_on is not None or row.state not in TO_ANSWER:
        raise Conflict("This has been taken back, or was answered already.")
    return choice, row
