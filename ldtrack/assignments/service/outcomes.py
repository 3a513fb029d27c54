"""Saying what a placement delivered; only those who answer for the opening can."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import (
    ConfirmOutcome,
    EndPlacement,
    ObservedLevel,
    is_over,
)
from ldtrack.assignments.models import Outcome, OutcomeRating, PostingCompetency
from ldtrack.assignments.service.evidence import record_outcome
from ldtrack.assignments.service.found import Found, placement_to
from ldtrack.assignments.service.placements import close
from ldtrack.competencies.queries import competencies_named, scales
from ldtrack.core.errors import NotAllowed, RuleBroken


def confirm_outcome(
    session: Session, actor: Actor, placement_id: int, command: ConfirmOutcome, *, now: datetime
) -> int:
    """Keep the answers, or change them; with proof they count as evidence.

    A placement whose last day has come is ended by it. Returns the outcome's id.
    """
    found = placement_to(session, actor, placement_id, Action.CONFIRM_OUTCOME)
    _check(session, actor, found, command, now)
    outcome = session.scalar(select(Outcome).where(Outcome.placement_id == placement_id))
    if outcome is None:
        outcome = Outcome(placement_id=placement_id)
        session.add(outcome)
    outcome.confirmed_by, outcome.confirmed_on = actor.person_id, now.date()
    outcome.delivered, outcome.proof = command.delivered, command.proof
    outcome.contribution, outcome.outside = command.contribution, command.outside
    session.flush()
    session.execute(delete(OutcomeRating).where(OutcomeRating.outcome_id == outcome.id))
    session.add_all(
        OutcomeRating(outcome_id=outcome.id, competency_id=seen.competency_id, level=seen.level)
        for seen in command.observed
    )
    session.flush()
    if found.placement.state.is_running:
        last = found.placement.ends_on or now.date()
        close(session, found, EndPlacement(ended_on=last), by=actor, now=now)
    else:
        record_outcome(session, found, now=now)
    return outcome.id


def _check(
    session: Session, actor: Actor, found: Found, command: ConfirmOutcome, now: datetime
) -> None:
    placement = found.placement
    if placement.person_id == actor.person_id:
        raise NotAllowed("Nobody confirms the outcome of their own placement.")
    if not is_over(placement.state, placement.ends_on, now.date()):
        raise RuleBroken("delivered", "The placement still runs; confirm its outcome at the end.")
    if not command.delivered.strip():
        raise RuleBroken("delivered", "Say what was delivered, in a sentence or two.")
    _check_levels(session, found.posting.id, command.observed)


def _check_levels(session: Session, posting_id: int, observed: tuple[ObservedLevel, ...]) -> None:
    asked = set(
        session.scalars(
            select(PostingCompetency.competency_id).where(
                PostingCompetency.posting_id == posting_id
            )
        )
    )
    rated = [seen.competency_id for seen in observed]
    if len(set(rated)) != len(rated) or not set(rated) <= asked:
        raise RuleBroken("observed", "Rate the competencies of this opening, each once.")
    competencies = competencies_named(session, rated)
    scale = scales(session, {row.framework_version_id for row in competencies.values()})
    for seen in observed:
        levels = scale[competencies[seen.competency_id].framework_version_id]
        if not levels.lo <= seen.level <= levels.hi:
            raise RuleBroken("observed", f"Give levels from {levels.lo} to {levels.hi}.")
