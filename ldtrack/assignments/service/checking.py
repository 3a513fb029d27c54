"""What an opening has to say before it is kept, and what it may no longer say once people are in
it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.assignments.domain import MOST_WEIGHT, Develops, PostOpening
from ldtrack.assignments.models import Outcome, OutcomeRating, Placement
from ldtrack.assignments.service.posting_acts import who_is_in
from ldtrack.competencies.queries import competencies_named, scales
from ldtrack.core.errors import RuleBroken
from ldtrack.people.queries import people_named

MOST_PLACES = 100


def check_opening(session: Session, command: PostOpening) -> None:
    """Refuse an opening that lacks something, beside the field that it lacks."""
    for name, words in (
        ("title", command.title),
        ("promised_outcome", command.promised_outcome),
        ("measure", command.measure),
    ):
        if not words.strip():
            raise RuleBroken(name, "This cannot be left empty.")
    if command.ends_on < command.starts_on:
        raise RuleBroken("ends_on", "The end lies before the beginning.")
    if not 1 <= command.places <= MOST_PLACES:
        raise RuleBroken("places", f"Give a number from 1 to {MOST_PLACES}.")
    if not 1 <= command.share_of_time <= 100:
        raise RuleBroken("share_of_time", "Give a percentage from 1 to 100.")
    known = people_named(session, [command.owner_id, command.sponsor_id])
    for name, person_id in (("owner_id", command.owner_id), ("sponsor_id", command.sponsor_id)):
        if person_id not in known:
            raise RuleBroken(name, "There is nobody of that name here.")
    _check_levels(session, command.develops)


def check_against_people(session: Session, posting_id: int, command: PostOpening) -> None:
    """Refuse a change that people who applied or are placed do not allow."""
    kept = {pair.competency_id for pair in command.develops}
    if not rated_in(session, posting_id) <= kept:
        raise RuleBroken("develops", "Keep the competencies that an outcome was rated on.")
    placed = who_is_in(session, posting_id)
    for name, person_id in (("owner_id", command.owner_id), ("sponsor_id", command.sponsor_id)):
        if person_id in placed:
            raise RuleBroken(name, "Whoever is placed in it cannot confirm its outcome too.")
    taken = session.scalar(
        select(func.max(Placement.place_no)).where(Placement.posting_id == posting_id)
    )
    if taken is not None and command.places < taken:
        raise RuleBroken("places", f"Place {taken} is taken, so there cannot be fewer.")


def rated_in(session: Session, posting_id: int) -> set[int]:
    """The competencies that an outcome of the opening was rated on."""
    return set(
        session.scalars(
            select(OutcomeRating.competency_id)
            .join(Outcome, Outcome.id == OutcomeRating.outcome_id)
            .join(Placement, Placement.id == Outcome.placement_id)
            .where(Placement.posting_id == posting_id)
        )
    )


def _check_levels(session: Session, develops: tuple[Develops, ...]) -> None:
    if not develops:
        raise RuleBroken("develops", "Choose at least one competency that it develops.")
    competencies = competencies_named(session, [pair.competency_id for pair in develops])
    if len(competencies) != len(develops):
        raise RuleBroken("develops", "Choose each competency once, from the list.")
    scale = scales(session, {row.framework_version_id for row in competencies.values()})
    for pair in develops:
        levels = scale[competencies[pair.competency_id].framework_version_id]
        if not levels.lo <= pair.level <= levels.hi:
            raise RuleBroken("develops", f"Give levels from {levels.lo} to {levels.hi}.")
        if not 1 <= pair.weight <= MOST_WEIGHT:
            raise RuleBroken("develops", f"A competency counts once to {MOST_WEIGHT} times.")
