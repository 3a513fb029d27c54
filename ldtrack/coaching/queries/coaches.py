"""The coaches with their places, languages and accreditation, for HR."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain.coaches import CoachRow, WriteCoach, standing
from ldtrack.coaching.models import CoachProfile
from ldtrack.coaching.queries.matching import strengths_of, those_who_coach
from ldtrack.coaching.queries.places import chosen_places, taken_places
from ldtrack.people.domain import PersonRow


def coaches(session: Session, actor: Actor, today: date) -> list[CoachRow]:
    """Who has the role of a coach and can sign in, or is described as one and is here; by name."""
    policy.require(actor, Action.OPEN_ENGAGEMENT, Facts(organisation_id=actor.organisation_id))
    people, profiles = those_who_coach(session)
    # Whoever was chosen keeps a place free until they answer.
    taken = session.scalars(taken_places().union_all(chosen_places()))
    running = Counter(coach_id for coach_id in taken if coach_id is not None)
    best_at = strengths_of(session, people.keys())
    return [
        _row(
            person,
            profiles.get(person.id),
            today,
            n_running=running[person.id],
            best_at=sorted(best_at.get(person.id, ())),
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


def _row(
    person: PersonRow,
    row: CoachProfile | None,
    today: date,
    *,
    n_running: int,
    best_at: Iterable[str],
) -> CoachRow:
    profile = _profile(row)
    return CoachRow(
        person_id=person.id,
        name=person.name,
        unit=person.unit,
        n_running=n_running,
        profile=profile,
        standing=standing(profile.expires_on, today),
        best_at=tuple(best_at),
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
