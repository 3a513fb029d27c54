"""Agreeing milestones, moving them, and the evidence that a moved one leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import MilestoneState, SetMilestone
from ldtrack.coaching.models import CoachingSession, Engagement, Milestone
from ldtrack.coaching.service.origins import remember_origin, set_by
from ldtrack.competencies import queries as competencies
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.evidence import service as evidence
from ldtrack.evidence.domain import MILESTONE_NOISE, EvidenceForm, SourceKind

_FORMS = {MilestoneState.MET: EvidenceForm.PASSED, MilestoneState.MISSED: EvidenceForm.FAILED}


def set_milestone(session: Session, actor: Actor, command: SetMilestone, *, now: datetime) -> int:
    """Agree a milestone with a leader whom the actor coaches, or set oneself one. Returns its id.

    The level is one of the competency's scale, the day not in the past; else `RuleBroken`. What a
    leader sets themselves belongs to their running coaching, where the coach sees it at once; a
    leader without a coach may make a goal of a statement all the same.
    """
    engagement_id = _running(session, actor, command.person_id)
    if engagement_id is None and (
        command.person_id != actor.person_id or command.came_from is None
    ):
        raise NotVisible
    competency = competencies.competency(session, command.competency_id)
    scale = competencies.scale(session, competency.framework_version_id)
    if command.level not in {level.value for level in scale.levels}:
        raise RuleBroken("level", f"Give a level from {scale.lo} to {scale.hi}.")
    if command.due_on is not None and command.due_on < now.date():
        raise RuleBroken("due_on", "Give a day that is still to come.")
    if not command.title:
        raise RuleBroken("title", "Say what will be seen when it is met.")
    milestone = Milestone(
        engagement_id=engagement_id,
        person_id=command.person_id,
        competency_id=command.competency_id,
        title=command.title,
        level=command.level,
        due_on=command.due_on,
        step_id=command.step_id,
        state=MilestoneState.PLANNED,
    )
    session.add(milestone)
    session.flush()
    if command.came_from is not None:
        remember_origin(session, actor, milestone.id, command.came_from, now=now)
    return milestone.id


def drop_milestone(session: Session, actor: Actor, milestone_id: int) -> int:
    """Give a planned milestone up; it leaves no evidence. Returns whose it was."""
    milestone = _milestone(session, actor, milestone_id)
    if milestone.state == MilestoneState.DROPPED:
        return milestone.person_id
    if milestone.state != MilestoneState.PLANNED:
        raise Conflict("This milestone has been moved already, so it cannot be dropped.")
    milestone.state = MilestoneState.DROPPED
    session.flush()
    return milestone.person_id


def plan_again(session: Session, actor: Actor, milestone_id: int) -> int:
    """Take up again what was dropped, or what a leader said was reached. Returns whose it is."""
    milestone = _milestone(session, actor, milestone_id)
    said = milestone.engagement_id is None and milestone.state == MilestoneState.MET
    if said or milestone.state == MilestoneState.DROPPED:
        milestone.state = MilestoneState.PLANNED
        milestone.met_on = None
        session.flush()
    return milestone.person_id


def say_reached(session: Session, actor: Actor, milestone_id: int, *, now: datetime) -> int:
    """Let a leader without a coach say that a goal of theirs is reached. Returns whose it was.

    It leaves no evidence, because nobody else has seen it. What belongs to a coaching is met or
    missed in its sessions: `Conflict`, as while any coaching runs.
    """
    milestone = _milestone(session, actor, milestone_id)
    if milestone.person_id != actor.person_id:
        raise NotVisible
    if milestone.engagement_id is not None or _running(session, actor, milestone.person_id):
        raise Conflict("You have a coach, so goals are met or missed in your sessions.")
    if milestone.state == MilestoneState.DROPPED:
        raise Conflict("This goal was dropped. Take it up again first.")
    if milestone.state == MilestoneState.PLANNED:
        milestone.state, milestone.met_on = MilestoneState.MET, now.date()
        session.flush()
    return milestone.person_id


def planned(session: Session, person_id: int) -> dict[int, Milestone]:
    """The person's milestones that can be moved, by id."""
    found = session.scalars(
        select(Milestone).where(
            Milestone.person_id == person_id, Milestone.state == MilestoneState.PLANNED
        )
    )
    return {one.id: one for one in found}


def moved_in(session: Session, session_id: int) -> dict[int, Milestone]:
    """The milestones that a session met or missed, by id."""
    found = session.scalars(select(Milestone).where(Milestone.moved_in_id == session_id))
    return {one.id: one for one in found}


def move(
    session: Session,
    actor: Actor,
    held: CoachingSession,
    milestones: Mapping[int, Milestone],
    states: Mapping[int, MilestoneState],
    *,
    now: datetime,
) -> None:
    """Meet or miss milestones in a session, each leaving one piece of evidence of its day.

    Saying it again for another day supersedes what was said first. What a leader set without a
    coach belongs to this coaching from now on.
    """
    for milestone_id, state in states.items():
        milestone = milestones[milestone_id]
        if milestone.engagement_id is None:
            milestone.engagement_id = held.engagement_id
        milestone.state = state
        milestone.met_on = held.held_on if state is MilestoneState.MET else None
        milestone.moved_in_id = held.id
    session.flush()
    evidence.record_many(
        session,
        [
            evidence.Observation(
                person_id=milestones[milestone_id].person_id,
                competency_id=milestones[milestone_id].competency_id,
                source_kind=SourceKind.MILESTONE,
                source_id=milestone_id,
                form=_FORMS[state],
                level=float(milestones[milestone_id].level),
                noise_variance=MILESTONE_NOISE,
                observed_on=held.held_on,
                title=milestones[milestone_id].title,
                recorded_by=actor.person_id,
            )
            for milestone_id, state in states.items()
        ],
        now=now,
    )


def take_back(
    session: Session, actor: Actor, milestones: Collection[Milestone], *, now: datetime
) -> None:
    """Plan moved milestones again; a further line of the ledger withdraws their evidence."""
    for milestone in milestones:
        milestone.state = MilestoneState.PLANNED
        milestone.met_on = None
        milestone.moved_in_id = None
        evidence.withdraw(
            session,
            source_kind=SourceKind.MILESTONE,
            source_id=milestone.id,
            competency_id=milestone.competency_id,
            now=now,
            recorded_by=actor.person_id,
        )
    session.flush()


def _running(session: Session, actor: Actor, person_id: int) -> int | None:
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, author_id=actor.person_id
    )
    policy.require_visible(actor, Action.READ_MILESTONE, facts)
    policy.require(actor, Action.WRITE_MILESTONE, facts)
    return session.scalar(
        select(Engagement.id)
        .where(
            Engagement.person_id == person_id,
            or_(Engagement.coach_id == actor.person_id, Engagement.person_id == actor.person_id),
            Engagement.ends_on.is_(None),
        )
        .order_by(Engagement.starts_on.desc(), Engagement.id)
        .limit(1)
    )


def _milestone(session: Session, actor: Actor, milestone_id: int) -> Milestone:
    milestone = session.get(Milestone, milestone_id)
    if milestone is None:
        raise NotVisible
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=milestone.person_id,
        author_id=set_by(session, milestone_id),
    )
    policy.require_visible(actor, Action.READ_MILESTONE, facts)
    policy.require(actor, Action.WRITE_MILESTONE, facts)
    return milestone
