"""Proposing milestones in coaching, and what the other one says; none counts before both agree."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import ChangeMilestone, MilestoneState, SetMilestone
from ldtrack.coaching.models import Engagement, Milestone, MilestoneProposal
from ldtrack.coaching.service.found import facts_of
from ldtrack.coaching.service.origins import remember_origin
from ldtrack.coaching.service.running import running_engagement
from ldtrack.coaching.service.telling import Told, tell_the_other
from ldtrack.competencies import queries as competencies
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.people.queries import with_account

_PLANNED = MilestoneState.PLANNED
_PROPOSED = MilestoneState.PROPOSED


def propose_milestone(
    session: Session, actor: Actor, command: SetMilestone, *, now: datetime, base_url: str
) -> int:
    """Propose a milestone to the other one of a running coaching. Returns its id.

    The level is one of the competency's scale, the day not in the past; else `RuleBroken`. A leader
    who cannot sign in cannot answer, so what their coach writes down counts as agreed between them.
    A leader without a coach may make a goal of a statement, which is theirs alone.
    """
    one = running_engagement(session, actor, command.person_id)
    if one is None and (command.person_id != actor.person_id or command.came_from is None):
        raise NotVisible
    terms = ChangeMilestone(title=command.title, level=command.level, due_on=command.due_on)
    _check(session, command.competency_id, terms, today=now.date())
    milestone = Milestone(
        engagement_id=one.id if one else None,
        person_id=command.person_id,
        competency_id=command.competency_id,
        title=command.title,
        level=command.level,
        due_on=command.due_on,
        state=_PROPOSED if one else _PLANNED,
    )
    session.add(milestone)
    session.flush()
    if command.came_from is not None:
        remember_origin(session, actor, milestone.id, command.came_from, now=now)
    if one is not None:
        _propose(session, actor, milestone, 0, command.word, now=now)
        if with_account(session, [one.person_id]):
            tell_the_other(session, actor, one, Told.PROPOSED, now, base_url)
        else:
            note_agreed(milestone, actor, now.date())
            session.flush()
    return milestone.id


def agree_to_milestone(
    session: Session, actor: Actor, milestone_id: int, turn: int, *, now: datetime, base_url: str
) -> int:
    """Agree to what the other one proposed, as it stood at that turn. Returns whose it is.

    Saying it again changes nothing. `Conflict` if it was changed meanwhile, or is nothing that the
    actor is asked.
    """
    milestone, one = _found(session, actor, milestone_id)
    if milestone.state == _PLANNED and milestone.answered_by_id == actor.person_id:
        return milestone.person_id
    latest = _require_asked(session, actor, milestone, one)
    if latest.turn != turn:
        raise Conflict("It was changed since you looked. Please look at it again.")
    note_agreed(milestone, actor, now.date())
    session.flush()
    tell_the_other(session, actor, one, Told.AGREED, now, base_url)
    return milestone.person_id


def change_milestone(
    session: Session,
    actor: Actor,
    milestone_id: int,
    command: ChangeMilestone,
    *,
    now: datetime,
    base_url: str,
) -> int:
    """Propose it otherwise: what waits for the actor, was declined, or is a leader's own goal.

    Then it waits for the other one. Returns whose it is; refused like a new one.
    """
    milestone, one = _found(session, actor, milestone_id)
    if milestone.state == _PROPOSED:
        _require_asked(session, actor, milestone, one)
    elif milestone.state != MilestoneState.DECLINED and not _is_own_goal(actor, milestone):
        raise Conflict("This milestone is not open to be proposed.")
    _check(session, milestone.competency_id, command, today=now.date())
    milestone.engagement_id = one.id
    milestone.title, milestone.level = command.title, command.level
    milestone.due_on = command.due_on
    milestone.state, milestone.answer = _PROPOSED, ""
    milestone.answered_by_id = milestone.answered_on = None
    turn = _next_turn(session, milestone.id)
    _propose(session, actor, milestone, turn, command.word, now=now)
    told = Told.CHANGED if turn else Told.PROPOSED
    tell_the_other(session, actor, one, told, now, base_url)
    return milestone.person_id


def decline_milestone(
    session: Session, actor: Actor, milestone_id: int, word: str, *, now: datetime, base_url: str
) -> int:
    """Say no to what the other one proposed, with a word. Returns whose it would have been."""
    milestone, one = _found(session, actor, milestone_id)
    _require_asked(session, actor, milestone, one)
    if not word:
        raise RuleBroken("word", "Say in a few words why; the other one reads it.")
    milestone.state, milestone.answer = MilestoneState.DECLINED, word
    milestone.answered_by_id, milestone.answered_on = actor.person_id, now.date()
    session.flush()
    tell_the_other(session, actor, one, Told.DECLINED, now, base_url)
    return milestone.person_id


def _found(session: Session, actor: Actor, milestone_id: int) -> tuple[Milestone, Engagement]:
    """A milestone of a running coaching of the actor; a leader's own goal with the one they have.

    It is held against other hands, so that nobody agrees to what is changed at that moment.
    `NotVisible` for who takes no part in it, `Conflict` once the coaching is over.
    """
    milestone = session.get(Milestone, milestone_id, with_for_update=True)
    if milestone is None:
        raise NotVisible
    if milestone.engagement_id is None:
        own = Facts(organisation_id=actor.organisation_id, person_id=milestone.person_id)
        policy.require_visible(actor, Action.AGREE_MILESTONE, own)
        one = running_engagement(session, actor, milestone.person_id)
        if one is None:
            raise Conflict("You have no coach to propose it to.")
        return milestone, one
    one = session.get_one(Engagement, milestone.engagement_id)
    policy.require_visible(actor, Action.AGREE_MILESTONE, facts_of(actor, one))
    if one.ends_on is not None:
        raise Conflict("This coaching has ended, so nothing can be agreed in it.")
    return milestone, one


def _require_asked(
    session: Session, actor: Actor, milestone: Milestone, one: Engagement
) -> MilestoneProposal:
    if milestone.state != _PROPOSED:
        raise Conflict("This milestone has been answered already.")
    latest = session.scalars(
        select(MilestoneProposal)
        .where(MilestoneProposal.milestone_id == milestone.id)
        .order_by(MilestoneProposal.turn.desc())
        .limit(1)
    ).one()
    if latest.proposed_by_id == actor.person_id:
        raise Conflict("You proposed it yourself, so it waits for the other one.")
    return latest


def _check(session: Session, competency_id: int, terms: ChangeMilestone, *, today: date) -> None:
    competency = competencies.competency(session, competency_id)
    scale = competencies.scale(session, competency.framework_version_id)
    if terms.level not in {level.value for level in scale.levels}:
        raise RuleBroken("level", f"Give a level from {scale.lo} to {scale.hi}.")
    if terms.due_on is not None and terms.due_on < today:
        raise RuleBroken("due_on", "Give a day that is still to come.")
    if not terms.title:
        raise RuleBroken("title", "Say what will be seen when it is met.")


def _propose(
    session: Session, actor: Actor, milestone: Milestone, turn: int, word: str, *, now: datetime
) -> None:
    session.add(
        MilestoneProposal(
            milestone_id=milestone.id,
            turn=turn,
            title=milestone.title,
            level=milestone.level,
            due_on=milestone.due_on,
            word=word,
            proposed_by_id=actor.person_id,
            proposed_on=now.date(),
        )
    )
    session.flush()


def note_agreed(milestone: Milestone, actor: Actor, on: date) -> None:
    """Write down who agreed and when; from now on it counts."""
    milestone.state = _PLANNED
    milestone.answered_by_id, milestone.answered_on = actor.person_id, on


def _is_own_goal(actor: Actor, milestone: Milestone) -> bool:
    alone = milestone.engagement_id is None and milestone.state == _PLANNED
    return alone and milestone.person_id == actor.person_id


def _next_turn(session: Session, milestone_id: int) -> int:
    last = session.scalar(
        select(func.max(MilestoneProposal.turn)).where(
            MilestoneProposal.milestone_id == milestone_id
        )
    )
    return 0 if last is None else last + 1
