"""Coaches as seen from one leader: places, languages, distance, and conflicts told to nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, Role
from ldtrack.access.queries import lines_and_sponsors
from ldtrack.coaching.domain.coaches import Standing, standing
from ldtrack.coaching.domain.matching import FAR, CoachFacts
from ldtrack.coaching.models import CoachConflict, CoachProfile, CoachStrength, Engagement
from ldtrack.coaching.queries.places import chosen_places, taken_places
from ldtrack.competencies.queries import competency_name_of
from ldtrack.people.domain import PersonRow
from ldtrack.people.domain.tree import units_between
from ldtrack.people.queries import people_named, people_with_role
from ldtrack.people.queries.tree import units_above


def coaches_for(session: Session, leader: PersonRow, today: date) -> list[CoachFacts]:
    """Everybody who coaches, as seen from a leader; the caller checked who asks.

    The statements do not grow with the number of coaches.
    """
    people, profiles = those_who_coach(session)
    return _seen(session, leader, people.values(), profiles, today)


def those_who_coach(session: Session) -> tuple[dict[int, PersonRow], dict[int, CoachProfile]]:
    """Everybody here who has the role or is described as a coach, and how they are described."""
    profiles = _profiles(session)
    people = {row.id: row for row in people_with_role(session, Role.COACH)}
    others = people_named(session, profiles.keys() - people.keys())
    people |= {one: row for one, row in others.items() if row.active}
    return people, profiles


def these_coaches_for(
    session: Session, leader: PersonRow, people: Iterable[PersonRow], today: date
) -> dict[int, CoachFacts]:
    """The same of some of them, by the coach."""
    found = _seen(session, leader, people, _profiles(session), today)
    return {one.person_id: one for one in found}


def _seen(
    session: Session,
    leader: PersonRow,
    people: Iterable[PersonRow],
    profiles: Mapping[int, CoachProfile],
    today: date,
) -> list[CoachFacts]:
    coaches = {one.id: one for one in people if one.id != leader.id}
    engaged = _engaged(session, leader.id)
    best_at = strengths_of(session, coaches.keys())
    apart_from = in_conflict(session, leader.id, coaches.keys(), today)
    above = units_above(session)
    return [
        _facts(
            person,
            profiles.get(person.id),
            today,
            best_at=best_at.get(person.id, frozenset()),
            engaged=engaged.get(person.id, (0, False)),
            apart=_apart(above, leader, person),
            conflict=person.id in apart_from,
        )
        for person in sorted(coaches.values(), key=lambda one: (one.last_name, one.first_name))
    ]


def _profiles(session: Session) -> dict[int, CoachProfile]:
    return {row.person_id: row for row in session.scalars(select(CoachProfile))}


def in_conflict(
    session: Session, leader_id: int, coach_ids: Collection[int], today: date
) -> frozenset[int]:
    """Those of the coaches with whom a leader is not brought together, whoever said so or no one.

    One of the two said so; or one is above the other in the reporting line, or sponsors the other;
    or both have the same sponsor.
    """
    said = select(CoachConflict.said_by_id, CoachConflict.about_id).where(
        or_(CoachConflict.said_by_id == leader_id, CoachConflict.about_id == leader_id)
    )
    found = {about if by == leader_id else by for by, about in session.execute(said)}
    both = {leader_id, *coach_ids}
    lines, sponsors = lines_and_sponsors(session, both, today)
    over = lines.get(leader_id, set()) | sponsors.get(leader_id, set())
    for coach_id in coach_ids:
        theirs = lines.get(coach_id, set()) | sponsors.get(coach_id, set())
        same = sponsors.get(coach_id, set()) & sponsors.get(leader_id, set())
        if coach_id in over or leader_id in theirs or same:
            found.add(coach_id)
    return frozenset(found & set(coach_ids))


def strengths_of(session: Session, people: Collection[int]) -> dict[int, frozenset[str]]:
    """The names of the competencies that each coaches best.

    By their names, so that a competency is the same one in the next edition of its framework.
    """
    rows = session.execute(
        select(CoachStrength.person_id, competency_name_of(CoachStrength.competency_id)).where(
            CoachStrength.person_id.in_(sorted(people))
        )
    )
    found: dict[int, set[str]] = {}
    for person_id, name in rows:
        found.setdefault(person_id, set()).add(name)
    return {person_id: frozenset(names) for person_id, names in found.items()}


def own_strengths(session: Session, actor: Actor) -> list[int]:
    """The competencies that the actor names as those they coach best."""
    own = CoachStrength.person_id == actor.person_id
    return list(session.scalars(select(CoachStrength.competency_id).where(own)))


def said_by(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """With whom the actor does not want coaching, by name; with the id of what they said."""
    rows = session.execute(
        select(CoachConflict.id, CoachConflict.about_id).where(
            CoachConflict.said_by_id == actor.person_id
        )
    ).all()
    named = people_named(session, [about for _, about in rows])
    found = [(id_, named[about].name) for id_, about in rows]
    return sorted(found, key=lambda one: one[1])


def _engaged(session: Session, leader_id: int) -> dict[int, tuple[int, bool]]:
    """How many each coach coaches or was chosen by, and whether the leader is coached by them."""
    theirs = Engagement.person_id == leader_id
    taken = (
        taken_places()
        .add_columns(theirs.label("theirs"))
        .union_all(chosen_places().add_columns(literal(False).label("theirs")))
    )
    rows = session.execute(taken).all()
    found: dict[int, tuple[int, bool]] = {}
    for coach_id, together in rows:
        n_taken, before = found.get(coach_id, (0, False))
        found[coach_id] = (n_taken + 1, before or bool(together))
    return found


def _apart(above: Mapping[int, int | None], leader: PersonRow, coach: PersonRow) -> int | None:
    """How many units lie between them; between two trees as many as count at all."""
    if leader.unit_id is None or coach.unit_id is None:
        return None
    between = units_between(above, leader.unit_id, coach.unit_id)
    return FAR if between is None else between


def _facts(
    person: PersonRow,
    profile: CoachProfile | None,
    today: date,
    *,
    best_at: frozenset[str],
    engaged: tuple[int, bool],
    apart: int | None,
    conflict: bool,
) -> CoachFacts:
    expires_on = profile.expires_on if profile else None
    return CoachFacts(
        person_id=person.id,
        name=person.name,
        unit=person.unit,
        best_at=best_at,
        languages=profile.languages if profile else "",
        about=profile.about if profile else "",
        accredited=", ".join(filter(None, (profile.body, profile.level))) if profile else "",
        places=profile.places if profile else None,
        taken=engaged[0],
        apart=apart,
        accreditation_ended=standing(expires_on, today) is Standing.ENDED,
        together=engaged[1],
        conflict=conflict,
    )
