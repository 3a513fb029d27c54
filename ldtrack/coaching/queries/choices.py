"""Leaders choosing coaches: a leader's own choice, what a coach is asked, and HR's list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain.choosing import (
    KEPT_DAYS,
    TO_ANSWER,
    Asked,
    CandidateRow,
    CandidateState,
    ChoiceCounts,
    ChoiceOutcome,
    ChoiceRow,
    OfferedCoach,
)
from ldtrack.coaching.domain.matching import Sought, match
from ldtrack.coaching.models import CoachCandidate, CoachChoice, CoachChoiceFocus
from ldtrack.coaching.queries.matching import these_coaches_for
from ldtrack.competencies.queries import competency_name_of
from ldtrack.core.errors import NotVisible
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_named

_OPEN = CoachChoice.ended_on.is_(None)


def chooses(session: Session, actor: Actor) -> bool:
    """Whether the actor is invited to choose a coach."""
    mine = policy.clause(actor, Action.CHOOSE_COACH, person_id=CoachChoice.person_id)
    return session.scalar(select(CoachChoice.id).where(_OPEN, mine)) is not None


def own_choice(
    session: Session, actor: Actor, today: date
) -> tuple[ChoiceRow | None, list[OfferedCoach]]:
    """The actor's choice that runs, and who is offered, those who suit best first.

    Whoever cannot be chosen any more and was not asked is not there: the full, the absent, and
    those who are kept apart, all alike.
    """
    mine = policy.clause(actor, Action.CHOOSE_COACH, person_id=CoachChoice.person_id)
    rows, named, found = _candidates(session, _OPEN, mine)
    if not found:
        return None, []
    choice = found[0]
    [shown] = _choices(session, [choice], named)
    leader = named[choice.person_id]
    here = [one for one in named.values() if one.active]
    facts = these_coaches_for(session, leader, here, today)
    offered = [
        OfferedCoach(row=row, match=match(facts[row.coach_id], shown.sought))
        for row in rows
        if row.coach_id in facts
        and (row.state is not CandidateState.OFFERED or facts[row.coach_id].refusal is None)
    ]
    return shown, sorted(offered, key=lambda one: (-round(one.match.score, 2), one.row.coach))


def asked_of(session: Session, actor: Actor) -> list[Asked]:
    """What the actor is asked as a coach and has not answered for good, the earliest first."""
    mine = policy.clause(actor, Action.ANSWER_CHOICE, owner_id=CoachCandidate.coach_id)
    waits = CoachCandidate.state.in_(TO_ANSWER)
    rows, named, found = _candidates(session, mine, _OPEN, waits)
    choices = {row.id: row for row in _choices(session, found, named)}
    return [
        Asked(row=row, choice=choices[row.choice_id], unit=named[row.person_id].unit)
        for row in rows
    ]


def asked(session: Session, actor: Actor, candidate_id: int) -> Asked:
    """One of them, else `NotVisible`."""
    found = next((one for one in asked_of(session, actor) if one.row.id == candidate_id), None)
    if found is None:
        raise NotVisible
    return found


def choices(session: Session, actor: Actor, today: date) -> list[ChoiceCounts]:
    """Everybody who chooses, or did so lately, for HR: counts alone, and no coach by name."""
    policy.require(actor, Action.OPEN_ENGAGEMENT, Facts(organisation_id=actor.organisation_id))
    since = today - timedelta(days=KEPT_DAYS)
    found = session.scalars(
        select(CoachChoice)
        .where(or_(_OPEN, CoachChoice.ended_on >= since))
        .order_by(CoachChoice.ended_on.is_not(None), CoachChoice.closes_on, CoachChoice.id)
    ).all()
    named = people_named(session, {row.person_id for row in found})
    counts = _counts(session, [row.id for row in found])
    return [
        ChoiceCounts(choice=choice, counts=counts.get(choice.id, Counter()))
        for choice in _choices(session, found, named)
    ]


def _counts(session: Session, choice_ids: Collection[int]) -> dict[int, Counter[CandidateState]]:
    rows = session.execute(
        select(CoachCandidate.choice_id, CoachCandidate.state, func.count())
        .where(CoachCandidate.choice_id.in_(sorted(choice_ids)))
        .group_by(CoachCandidate.choice_id, CoachCandidate.state)
    )
    found: dict[int, Counter[CandidateState]] = {}
    for choice_id, state, count in rows:
        found.setdefault(choice_id, Counter())[CandidateState(state)] = count
    return found


def candidate(session: Session, candidate_id: int) -> CandidateRow:
    """One by its id; the caller checked who asks."""
    [row], *_ = _candidates(session, CoachCandidate.id == candidate_id)
    return row


def own_choices(session: Session, actor: Actor) -> list[tuple[ChoiceRow, list[CandidateRow]]]:
    """Every choice of the actor that is kept, and where each coach stood, the earliest first."""
    mine = policy.clause(actor, Action.CHOOSE_COACH, person_id=CoachChoice.person_id)
    rows, named, found = _candidates(session, mine)
    return [
        (choice, [row for row in rows if row.choice_id == choice.id])
        for choice in sorted(_choices(session, found, named), key=lambda one: one.invited_on)
    ]


def _candidates(
    session: Session, *which: ColumnElement[bool]
) -> tuple[list[CandidateRow], dict[int, PersonRow], list[CoachChoice]]:
    """Coaches in choices, those that changed first, first; who is named in them; the choices.

    A choice whose coaches were all erased is there all the same.
    """
    found_both = session.execute(
        select(CoachCandidate, CoachChoice)
        .select_from(CoachChoice)
        .outerjoin(CoachCandidate, CoachCandidate.choice_id == CoachChoice.id)
        .where(*which)
        .order_by(CoachCandidate.changed_at, CoachCandidate.id)
    )
    both: list[tuple[CoachCandidate | None, CoachChoice]] = [
        (row, choice) for row, choice in found_both
    ]
    choices = list({choice.id: choice for _, choice in both}.values())
    rows = [(row, choice.person_id) for row, choice in both if row is not None]
    people = {row.coach_id for row, _ in rows} | {choice.person_id for choice in choices}
    named = people_named(session, people)
    found = [
        CandidateRow(
            id=row.id,
            choice_id=row.choice_id,
            person_id=person_id,
            person=named[person_id].name,
            coach_id=row.coach_id,
            coach=named[row.coach_id].name,
            state=CandidateState(row.state),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            link=row.link,
            word=row.word,
            turn=row.turn,
            changed_at=row.changed_at,
        )
        for row, person_id in rows
    ]
    return found, named, choices


def _choices(
    session: Session, found: Sequence[CoachChoice], named: Mapping[int, PersonRow]
) -> list[ChoiceRow]:
    focus = _focus(session, [row.id for row in found])
    return [
        ChoiceRow(
            id=row.id,
            person_id=row.person_id,
            person=named[row.person_id].name,
            invited_on=row.invited_on,
            closes_on=row.closes_on,
            ended_on=row.ended_on,
            outcome=None if row.outcome is None else ChoiceOutcome(row.outcome),
            sessions_agreed=row.sessions_agreed,
            sought=Sought(focus=focus.get(row.id, ()), language=row.language),
        )
        for row in found
    ]


def _focus(session: Session, choice_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What is looked for in each choice, by name, each name once."""
    name = competency_name_of(CoachChoiceFocus.competency_id)
    rows = session.execute(
        select(CoachChoiceFocus.choice_id, name)
        .where(CoachChoiceFocus.choice_id.in_(sorted(choice_ids)))
        .order_by(CoachChoiceFocus.id)
    )
    found: dict[int, dict[str, None]] = {}
    for choice_id, words in rows:
        found.setdefault(choice_id, {})[words] = None
    return {choice_id: tuple(names) for choice_id, names in found.items()}
