"""The coaches with their places, languages and accreditation, for HR."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, Role
from ldtrack.coaching.domain.coaches import CoachRow, WriteCoach, standing
from ldtrack.coaching.models import CoachProfile
from ldtrack.coaching.queries.matching import strengths_of
from ldtrack.coaching.queries.places import chosen_places, taken_places
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_named, people_with_role


def coaches(session: Session, actor: Actor, today: date) -> list[CoachRow]:
    """Who has the role of a coach and can sign in, or is described as one and is here; by name."""
    policy.require(actor, Action.OPEN_ENGAGEMENT, Facts(organisation_id=actor.organisation_id))
    profiles = {row.person_id: row for row in session.scalars(select(CoachProfile))}
    people = {row.id: row for row in people_with_role(session, Role.COACH)}
    others = people_named(session, profiles.keys() - people.keys())
    people |= {one: row for one, row in others.items() if row.active}
    # Whoever was chosen keeps a place free until they answer.
    taken = session.scalars(taken_places().union_all(chosen_places()))
    running = Counter(coach_id for coach_id in taken if coach_id is not None)
    best_at = strengths_of(session, people.keys())
    return [
        replace(
            _row(person, profiles.get(person.id), running[person.id], today),
            best_at=tuple(sorted(best_at.get(person.id, ()))),
        )
        for person in sorted(people.values(), key=lambda one: (one.last_name, one.first_name))
    ]


def coach_described(session: Session, actor: Actor, person_id: int) -> WriteCoach:
    """What is kept of one coach; empty if nobody has described them."""
    policy.require(actor, Action.OPEN_ENGAGEMENT, Facts(organisation_id=actor.organisation_id))
    row = session.scalar(select(CoachProfile).where(CoachProfile.person_id == person_id))
    return _profile(row)


def described_as(session: Session, person_id: int) -> tuple[WriteCoach, int]:
    """The same and how many they coach; the caller checked who asks."""
    row = session.scalar(select(CoachProfile).where(CoachProfile.person_id == person_id))
    theirs = taken_places(person_id).union_all(chosen_places(person_id))
    return _profile(row), len(session.scalars(theirs).all())


def _row(person: PersonRow, row: CoachProfile | None, n_running: int, today: date) -> CoachRow:
    profile = _profile(row)
    return CoachRow(
        person_id=person.id,
        name=person.name,
        unit=person.unit,
        n_running=n_running,
        profile=profile,
        standing=standing(profile.expires_on, today),
    )


def _profile(row: CoachProfile | None) -> WriteCoach:
    if row is None:
        return WriteCoach()
    return WriteCoach(
        places=row.places,
        languages=row.languages,
        body=row.body,
        level=row.level,
        expires_on=row.expires_on,
        about=row.about,
    )
