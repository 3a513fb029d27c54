"""Describing coaches, and keeping to the places that they have."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.coaching.domain.coaches import MOST_PLACES, Standing, WriteCoach, standing
from ldtrack.coaching.models import CoachProfile
from ldtrack.coaching.queries.matching import in_conflict
from ldtrack.coaching.queries.places import chosen_places, taken_places
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import people_named


def describe_coach(
    session: Session, actor: Actor, person_id: int, command: WriteCoach, *, now: datetime
) -> None:
    """Keep what HR knows of a coach, in place of what was kept before.

    Fewer places than leaders take nobody away; nobody new comes until one is free. Raises
    `RuleBroken` at `places`, `body` or `expires_on`.
    """
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    policy.require(actor, Action.OPEN_ENGAGEMENT, facts)
    if person_id not in people_named(session, [person_id]):
        raise NotVisible
    if command.places is not None and not 0 <= command.places <= MOST_PLACES:
        raise RuleBroken("places", f"Give 0 to {MOST_PLACES} places.")
    if not command.body and (command.level or command.expires_on):
        raise RuleBroken("body", "Say who accredited them.")
    row = session.scalar(select(CoachProfile).where(CoachProfile.person_id == person_id))
    if row is None:
        row = CoachProfile(person_id=person_id)
        session.add(row)
    row.places = command.places
    row.languages = command.languages
    row.body = command.body
    row.level = command.level
    row.expires_on = command.expires_on
    row.about = command.about
    session.flush()
    note(
        session,
        account_id=actor.account_id,
        action="coaching.coach:described",
        thing="coach_profile",
        thing_id=row.id,
        person_id=person_id,
        happened_at=now,
    )


def require_match(session: Session, coach_id: int, leader_id: int, today: date) -> None:
    """That the two may be brought together: no conflict, and no accreditation that has ended.

    Who said that there is a conflict, or whether anybody did, is not told. Raises `RuleBroken` at
    `coach_id`.
    """
    if in_conflict(session, leader_id, [coach_id], today):
        raise RuleBroken("coach_id", "This coach is not for this leader. Choose another one.")
    ended = select(CoachProfile.expires_on).where(CoachProfile.person_id == coach_id)
    expires_on = session.scalar(ended)
    if standing(expires_on, today) is Standing.ENDED:
        name = people_named(session, [coach_id])[coach_id].name
        raise RuleBroken(
            "coach_id",
            f"The accreditation of {name} has ended. Renew it first, or choose another coach.",
        )


def require_place(session: Session, coach_id: int) -> None:
    """That the coach takes one more; held against whoever asks at the same moment.

    Raises `RuleBroken` at `coach_id`.
    """
    places = session.scalar(
        select(CoachProfile.places).where(CoachProfile.person_id == coach_id).with_for_update()
    )
    if places is None:
        return
    taken = taken_places(coach_id).union_all(chosen_places(coach_id))
    running = len(session.scalars(taken).all())
    if running >= places:
        name = people_named(session, [coach_id])[coach_id].name
        raise RuleBroken(
            "coach_id",
            f"{name} has {running} of {places} places taken. Choose another coach, or give them "
            "more places first.",
        )
