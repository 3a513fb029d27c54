"""What a leader does who chooses a coach: meeting some first, choosing one, taking it back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain.choosing import (
    CAN_BE_CHOSEN,
    MOST_TALKS,
    TALKS,
    TO_ANSWER,
    CandidateState,
    ChoiceOutcome,
)
from ldtrack.coaching.models import CoachCandidate, CoachChoice
from ldtrack.coaching.queries.choices import candidate
from ldtrack.coaching.service import talks
from ldtrack.coaching.service.coaches import require_match, require_place
from ldtrack.coaching.service.invitations import close, free, held
from ldtrack.coaching.service.inviting import Sender
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.people.queries import people_named

NOT_ANY_MORE = "This coach cannot be chosen any more, we are sorry. Please choose another one."
LAST_PLACE = "Their last place has just been taken, we are sorry. Please choose another coach."


def ask_to_meet(
    session: Session, actor: Actor, candidate_id: int, *, now: datetime, sender: Sender
) -> None:
    """Ask a coach for a first talk; they answer with a day. Raises `RuleBroken`."""
    choice, row = _own(session, actor, candidate_id)
    if row.state is not CandidateState.OFFERED:
        raise Conflict
    talking = select(func.count(CoachCandidate.id)).where(
        CoachCandidate.choice_id == choice.id, CoachCandidate.state.in_(TALKS)
    )
    if (session.scalar(talking) or 0) >= MOST_TALKS:
        raise RuleBroken(
            "coach_id", f"You have asked {MOST_TALKS} coaches for a talk. Take one back first."
        )
    _require_suits(session, choice, row, now.date())
    _require_place(session, row)
    _stand(session, row, CandidateState.ASKED, now)
    talks.asked(session, candidate(session, row.id), now=now, sender=sender)


def choose(
    session: Session, actor: Actor, candidate_id: int, *, now: datetime, sender: Sender
) -> None:
    """Choose a coach; a place of theirs is kept until they answer.

    Of two leaders who choose the last place at once one is refused. Raises `RuleBroken`.
    """
    choice, row = _own(session, actor, candidate_id)
    if row.state not in CAN_BE_CHOSEN:
        raise Conflict
    chosen = select(CoachCandidate.id).where(
        CoachCandidate.choice_id == choice.id, CoachCandidate.state == CandidateState.CHOSEN
    )
    if session.scalar(chosen) is not None:
        raise RuleBroken("coach_id", "You have chosen a coach already. Take that back first.")
    _require_suits(session, choice, row, now.date())
    _require_place(session, row)
    _stand(session, row, CandidateState.CHOSEN, now)
    talks.chosen(session, candidate(session, row.id), now=now, sender=sender)


def take_choice_back(
    session: Session, actor: Actor, candidate_id: int, *, now: datetime, sender: Sender
) -> None:
    """Take back that one asked for a talk, or chose a coach."""
    _, row = _own(session, actor, candidate_id)
    if row.state not in TO_ANSWER:
        raise Conflict
    free(session, row, CandidateState.OFFERED, now=now, sender=sender)


def leave_choice(session: Session, actor: Actor, *, now: datetime, sender: Sender) -> None:
    """Say that one does not want to choose a coach now; HR is told, and whoever was asked."""
    facts = Facts(organisation_id=actor.organisation_id, person_id=actor.person_id)
    policy.require(actor, Action.CHOOSE_COACH, facts)
    found = session.scalar(
        select(CoachChoice.id).where(
            CoachChoice.person_id == actor.person_id, CoachChoice.ended_on.is_(None)
        )
    )
    if found is None:
        raise NotVisible
    choice = held(session, found)
    if choice.ended_on is not None:
        raise Conflict("This choice is over.")
    close(session, choice, ChoiceOutcome.LEFT, now=now, sender=sender)


def _require_suits(session: Session, choice: CoachChoice, row: CoachCandidate, today: date) -> None:
    """That the two may work together; why they may not is nobody's to read here."""
    if not people_named(session, [row.coach_id])[row.coach_id].active:
        raise RuleBroken("coach_id", NOT_ANY_MORE)
    try:
        require_match(session, row.coach_id, choice.person_id, today)
    except RuleBroken as refused:
        raise RuleBroken("coach_id", NOT_ANY_MORE) from refused


def _require_place(session: Session, row: CoachCandidate) -> None:
    try:
        require_place(session, row.coach_id)
    except RuleBroken as full:
        raise RuleBroken("coach_id", LAST_PLACE) from full


def _stand(session: Session, row: CoachCandidate, state: CandidateState, now: datetime) -> None:
    row.state, row.changed_at = state, now
    session.flush()


def _own(session: Session, actor: Actor, candidate_id: int) -> tuple[CoachChoice, CoachCandidate]:
    """A coach in the actor's own choice, which nobody else changes at the same moment."""
    row = session.get(CoachCandidate, candidate_id)
    if row is None:
        raise NotVisible
    choice = session.get_one(CoachChoice, row.choice_id)
    facts = Facts(organisation_id=actor.organisation_id, person_id=choice.person_id)
    policy.require_visible(actor, Action.CHOOSE_COACH, facts)
    choice = held(session, choice.id)
    if choice.ended_on is not None:
        raise Conflict("This choice is over.")
    session.refresh(row)
    return choice, row
