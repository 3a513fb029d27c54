"""Letting a leader choose a coach, taking that back, and what runs out by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.coaching.domain.choosing import (
    ANSWER_TIME,
    LONGEST,
    MOST_OFFERED,
    TO_ANSWER,
    WAITS,
    CandidateState,
    ChoiceOutcome,
    InviteToChoose,
)
from ldtrack.coaching.domain.matching import MOST_FOCUS
from ldtrack.coaching.models import CoachCandidate, CoachChoice, CoachChoiceFocus
from ldtrack.coaching.queries.choices import candidate
from ldtrack.coaching.queries.matching import coaches_for
from ldtrack.coaching.service import talks
from ldtrack.coaching.service.engagements import MOST_SESSIONS
from ldtrack.coaching.service.inviting import Sender
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.outbox.service import ask
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_named, with_account

LOOK_AFTER = "coaching.choice"
_A_DAY = timedelta(days=1)


def invite_to_choose(
    session: Session, actor: Actor, command: InviteToChoose, *, now: datetime, sender: Sender
) -> int:
    """Let a leader choose among these coaches. Returns the id of the choice.

    Raises `RuleBroken` at the field that cannot be.
    """
    leader = people_named(session, [command.person_id]).get(command.person_id)
    if leader is None or not leader.active:
        raise NotVisible
    _require_hr(actor, leader.id)
    _check(session, leader, command, now.date())
    choice = CoachChoice(
        person_id=leader.id,
        invited_by_id=actor.person_id,
        invited_on=now.date(),
        closes_on=command.closes_on,
        sessions_agreed=command.sessions_agreed,
        language=command.looked_for.language,
    )
    session.add(choice)
    session.flush()
    session.add_all(
        CoachChoiceFocus(choice_id=choice.id, competency_id=one) for one in command.looked_for.focus
    )
    session.add_all(
        CoachCandidate(choice_id=choice.id, coach_id=one, changed_at=now)
        for one in command.coach_ids
    )
    session.flush()
    ask(session, kind=LOOK_AFTER, thing_id=choice.id, due_at=now + _A_DAY)
    talks.invited(session, leader, command.closes_on, now=now, sender=sender)
    _note(session, actor, choice, "invited", now)
    return choice.id


def end_choice(
    session: Session, actor: Actor, choice_id: int, *, now: datetime, sender: Sender
) -> None:
    """Take the invitation back; the leader, and whoever was asked, is told that it is off."""
    choice = session.get(CoachChoice, choice_id)
    if choice is None:
        raise NotVisible
    _require_hr(actor, choice.person_id)
    choice = held(session, choice_id)
    if choice.ended_on is not None:
        return
    close(session, choice, ChoiceOutcome.WITHDRAWN, now=now, sender=sender)
    _note(session, actor, choice, "ended", now)


def held(session: Session, choice_id: int) -> CoachChoice:
    """A choice as it is, which nobody else changes until this transaction is over."""
    wanted = select(CoachChoice).where(CoachChoice.id == choice_id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def close(
    session: Session,
    choice: CoachChoice,
    outcome: ChoiceOutcome,
    *,
    now: datetime,
    sender: Sender,
) -> None:
    """End it, free whoever still waits in it, and tell leader and HR."""
    choice.ended_on, choice.outcome = max(choice.invited_on, now.date()), outcome
    session.flush()
    waiting = select(CoachCandidate).where(
        CoachCandidate.choice_id == choice.id, CoachCandidate.state.in_(TO_ANSWER)
    )
    for row in session.scalars(waiting).all():
        free(session, row, CandidateState.OFFERED, now=now, sender=sender)
    talks.over(session, choice.person_id, choice.invited_by_id, outcome, now=now, sender=sender)


def free(
    session: Session,
    row: CoachCandidate,
    state: CandidateState,
    *,
    now: datetime,
    sender: Sender,
) -> None:
    """Nothing is asked of a coach any more, and the place that was kept is free again."""
    row.turn += 1
    row.changed_at = now
    session.flush()
    before = candidate(session, row.id)
    row.state, row.starts_at, row.ends_at = state, None, None
    row.place, row.link = "", ""
    session.flush()
    talks.off(session, before, now=now, sender=sender)


def look_after_choice(
    session: Session, choice_id: int, *, now: datetime, sender: Sender
) -> datetime | None:
    """Let run out what waited for too long. Returns when to look again, unless it is over.

    A coach who does not answer in ten days is asked no more, and the leader chooses among the
    others. After its last day a choice is over, unless somebody who was chosen may still answer.
    """
    if session.get(CoachChoice, choice_id) is None:
        return None
    choice = held(session, choice_id)
    if choice.ended_on is not None:
        return None
    for row in _unanswered(session, choice.id, now):
        before = candidate(session, row.id)
        free(session, row, CandidateState.LAPSED, now=now, sender=sender)
        talks.lapsed(session, before, now=now, sender=sender)
    chosen = select(CoachCandidate.id).where(
        CoachCandidate.choice_id == choice.id, CoachCandidate.state == CandidateState.CHOSEN
    )
    if now.date() > choice.closes_on and session.scalar(chosen) is None:
        close(session, choice, ChoiceOutcome.RUN_OUT, now=now, sender=sender)
        return None
    return now + _A_DAY


def _unanswered(session: Session, choice_id: int, now: datetime) -> Collection[CoachCandidate]:
    return session.scalars(
        select(CoachCandidate).where(
            CoachCandidate.choice_id == choice_id,
            CoachCandidate.state.in_(WAITS),
            CoachCandidate.changed_at < now - ANSWER_TIME,
        )
    ).all()


def _check(session: Session, leader: PersonRow, command: InviteToChoose, today: date) -> None:
    looked_for = command.looked_for
    if set(looked_for.focus) - competencies_named(session, looked_for.focus).keys():
        raise NotVisible
    if not with_account(session, [leader.id]):
        raise RuleBroken("coach_ids", f"{leader.name} needs a sign-in to choose a coach.")
    running = select(CoachChoice.id).where(
        CoachChoice.person_id == leader.id, CoachChoice.ended_on.is_(None)
    )
    if session.scalar(running) is not None:
        raise Conflict(f"{leader.name} is choosing a coach already.")
    if not 1 <= command.sessions_agreed <= MOST_SESSIONS:
        raise RuleBroken("sessions_agreed", f"Agree on 1 to {MOST_SESSIONS} sessions.")
    if not today <= command.closes_on <= today + LONGEST:
        raise RuleBroken("closes_on", f"Give a day from today to {LONGEST.days} days from now.")
    if len(looked_for.focus) > MOST_FOCUS:
        raise RuleBroken("coach_ids", f"Look for {MOST_FOCUS} competencies at most.")
    if not 1 <= len(set(command.coach_ids)) <= MOST_OFFERED:
        raise RuleBroken("coach_ids", f"Offer 1 to {MOST_OFFERED} coaches.")
    coaches = coaches_for(session, leader, today)
    if set(command.coach_ids) - {one.person_id for one in coaches if one.refusal is None}:
        raise RuleBroken("coach_ids", "One of them cannot be offered any more. Look again.")


def _require_hr(actor: Actor, person_id: int) -> None:
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    policy.require(actor, Action.OPEN_ENGAGEMENT, facts)


def _note(session: Session, actor: Actor, choice: CoachChoice, what: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=f"coaching.choice:{what}",
        thing="coach_choice",
        thing_id=choice.id,
        person_id=choice.person_id,
        happened_at=now,
    )
