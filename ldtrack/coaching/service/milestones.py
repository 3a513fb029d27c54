"""Dropping milestones, moving them, and the evidence that a moved one leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import MilestoneState
from ldtrack.coaching.models import CoachingSession, Milestone
from ldtrack.coaching.queries.handed import may_read_milestone
from ldtrack.coaching.service.origins import set_by
from ldtrack.coaching.service.running import running_engagement
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.evidence import service as evidence
from ldtrack.evidence.domain import MILESTONE_NOISE, EvidenceForm, SourceKind

_FORMS = {MilestoneState.MET: EvidenceForm.PASSED, MilestoneState.MISSED: EvidenceForm.FAILED}


def drop_milestone(session: Session, actor: Actor, milestone_id: int) -> int:
    """Give a planned milestone up, or take a proposal of one's own back. Returns whose it was."""
    milestone, author_id = _milestone(session, actor, milestone_id)
    if milestone.state in (MilestoneState.DROPPED, MilestoneState.WITHDRAWN):
        return milestone.person_id
    if milestone.state == MilestoneState.PROPOSED:
        if author_id != actor.person_id:
            raise Conflict("The other one proposed this. Agree to it, change it or decline it.")
        milestone.state = MilestoneState.WITHDRAWN
    elif milestone.state == MilestoneState.PLANNED:
        milestone.state = MilestoneState.DROPPED
    else:
        raise Conflict("This milestone has been moved already, so it cannot be dropped.")
    session.flush()
    return milestone.person_id


def plan_again(session: Session, actor: Actor, milestone_id: int) -> int:
    """Take up again what was dropped or taken back, or what a leader said was reached.

    What was never agreed is proposed again. Returns whose it is.
    """
    milestone, author_id = _milestone(session, actor, milestone_id)
    said = milestone.engagement_id is None and milestone.state == MilestoneState.MET
    if said or milestone.state == MilestoneState.DROPPED:
        milestone.state = MilestoneState.PLANNED
        milestone.met_on = None
    elif milestone.state == MilestoneState.WITHDRAWN:
        if author_id != actor.person_id:
            raise Conflict("The other one took this back, so only they can propose it again.")
        milestone.state = MilestoneState.PROPOSED
    session.flush()
    return milestone.person_id


def say_reached(session: Session, actor: Actor, milestone_id: int, *, now: datetime) -> int:
    """Let a leader without a coach say that a goal of theirs is reached. Returns whose it was.

    It leaves no evidence, because nobody else has seen it. What belongs to a coaching is met or
    missed in its sessions: `Conflict`, as while any coaching runs.
    """
    milestone, _ = _milestone(session, actor, milestone_id)
    if milestone.person_id != actor.person_id:
        raise NotVisible
    if milestone.engagement_id is not None or running_engagement(
        session, actor, milestone.person_id
    ):
        raise Conflict("You have a coach, so goals are met or missed in your sessions.")
    if milestone.state == MilestoneState.DROPPED:
        raise Conflict("This goal was dropped. Take it up again first.")
    if milestone.state == MilestoneState.PLANNED:
        milestone.state, milestone.met_on = MilestoneState.MET, now.date()
        session.flush()
    return milestone.person_id


def planned(session: Session, actor: Actor, person_id: int) -> dict[int, Milestone]:
    """The person's milestones that the actor can move, by id; no goal without a coach."""
    found = session.scalars(
        select(Milestone).where(
            Milestone.person_id == person_id,
            Milestone.state == MilestoneState.PLANNED,
            Milestone.engagement_id.is_not(None),
            may_read_milestone(actor),
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

    Saying it again for another day supersedes what was said first.
    """
    for milestone_id, state in states.items():
        milestone = milestones[milestone_id]
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


def _milestone(session: Session, actor: Actor, milestone_id: int) -> tuple[Milestone, int | None]:
    """A milestone that the actor may write, held against other hands, and who set it."""
    milestone = session.scalars(
        select(Milestone)
        .where(Milestone.id == milestone_id, may_read_milestone(actor))
        .with_for_update()
    ).first()
    if milestone is None:
        raise NotVisible
    state = MilestoneState(milestone.state)
    author_id = set_by(session, milestone_id, latest=not state.is_agreed)
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=milestone.person_id,
        author_id=author_id,
    )
    policy.require(actor, Action.WRITE_MILESTONE, facts)
    return milestone, author_id
