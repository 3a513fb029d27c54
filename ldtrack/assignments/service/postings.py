"""Posting, changing and closing openings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.domain import OPEN, Develops, PostOpening
from ldtrack.assignments.models import (
    Outcome,
    OutcomeRating,
    Placement,
    Posting,
    PostingCompetency,
)
from ldtrack.assignments.service import letters
from ldtrack.competencies.queries import competencies_named, scales
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import people_named

MOST_PLACES = 100


def post_opening(session: Session, actor: Actor, command: PostOpening, *, now: datetime) -> int:
    """Post an opening. Returns its id."""
    _require(actor, actor.organisation_id)
    _check(session, command)
    posting = Posting()
    _fill(posting, command)
    session.add(posting)
    session.flush()
    _set_develops(session, posting.id, command.develops)
    return posting.id


def change_opening(
    session: Session, actor: Actor, posting_id: int, command: PostOpening, *, now: datetime
) -> None:
    """Change an opening; a competency that somebody was rated on stays.

    Whoever applied or is placed is told, if it says anything else than before.
    """
    posting = posting_to_change(session, actor, posting_id)
    _check(session, command)
    kept = {pair.competency_id for pair in command.develops}
    if not rated_in(session, posting_id) <= kept:
        raise RuleBroken("develops", "Keep the competencies that an outcome was rated on.")
    _check_people(session, posting_id, command)
    _check_places(session, posting_id, command.places)
    before = _develops(session, posting_id)
    _fill(posting, command)
    develops = {(pair.competency_id, pair.level) for pair in command.develops}
    if session.is_modified(posting) or before != develops:
        letters.changed(session, posting, _here(session, posting_id), now)
    session.execute(delete(PostingCompetency).where(PostingCompetency.posting_id == posting_id))
    _set_develops(session, posting_id, command.develops)


def close_opening(session: Session, actor: Actor, posting_id: int, *, now: datetime) -> None:
    """Take no more applications; who is placed stays placed."""
    posting_to_change(session, actor, posting_id).closed_on = now.date()
    session.flush()


def reopen_opening(session: Session, actor: Actor, posting_id: int) -> None:
    """Take applications again."""
    posting_to_change(session, actor, posting_id).closed_on = None
    session.flush()


def posting_to_change(session: Session, actor: Actor, posting_id: int) -> Posting:
    """The opening, if the actor may change it and place people in it."""
    posting = session.get(Posting, posting_id)
    if posting is None:
        raise NotVisible
    _require(actor, posting.organisation_id)
    return posting


def _require(actor: Actor, organisation_id: int) -> None:
    policy.require(actor, Action.WRITE_POSTING, Facts(organisation_id=organisation_id))


def _check(session: Session, command: PostOpening) -> None:
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


def _check_people(session: Session, posting_id: int, command: PostOpening) -> None:
    placed = _here(session, posting_id)
    for name, person_id in (("owner_id", command.owner_id), ("sponsor_id", command.sponsor_id)):
        if person_id in placed:
            raise RuleBroken(name, "Whoever is placed in it cannot confirm its outcome too.")


def _check_places(session: Session, posting_id: int, places: int) -> None:
    taken = session.scalar(
        select(func.max(Placement.place_no)).where(Placement.posting_id == posting_id)
    )
    if taken is not None and places < taken:
        raise RuleBroken("places", f"Place {taken} is taken, so there cannot be fewer.")


def _develops(session: Session, posting_id: int) -> set[tuple[int, int]]:
    rows = session.execute(
        select(PostingCompetency.competency_id, PostingCompetency.level).where(
            PostingCompetency.posting_id == posting_id
        )
    )
    return {(competency_id, level) for competency_id, level in rows}


def _here(session: Session, posting_id: int) -> list[int]:
    """Everybody who applied for an opening, or has or is offered a place in it."""
    return list(
        session.scalars(
            select(Placement.person_id)
            .where(Placement.posting_id == posting_id, Placement.state.in_(OPEN))
            .order_by(Placement.person_id)
        )
    )


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


def _fill(posting: Posting, command: PostOpening) -> None:
    posting.title = command.title
    posting.kind = command.kind
    posting.description = command.description
    posting.owner_id = command.owner_id
    posting.sponsor_id = command.sponsor_id
    posting.promised_outcome = command.promised_outcome
    posting.measure = command.measure
    posting.starts_on = command.starts_on
    posting.ends_on = command.ends_on
    posting.share_of_time = command.share_of_time
    posting.places = command.places
    posting.stretch = dict(command.stretch.scores)


def _set_develops(session: Session, posting_id: int, develops: tuple[Develops, ...]) -> None:
    session.add_all(
        PostingCompetency(posting_id=posting_id, competency_id=pair.competency_id, level=pair.level)
        for pair in develops
    )
    session.flush()
