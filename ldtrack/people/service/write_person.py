"""Adding and changing one person by hand."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.queries import holders
from ldtrack.access.service import set_holders
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.domain import WritePerson, same_address
from ldtrack.people.models import Person
from ldtrack.people.service.directory import unit_named


def write_person(
    session: Session,
    actor: Actor,
    command: WritePerson,
    *,
    now: datetime,
    person_id: int | None = None,
) -> int:
    """Add somebody, or change the person of that id. Returns their id.

    Whoever is said to have left loses access at once and keeps their history.
    """
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    person = Person() if person_id is None else session.get(Person, person_id)
    if person is None:
        raise NotVisible
    _check(session, command, person_id)
    unit_id = unit_named(session, command.unit) if command.unit else None
    person.external_id = command.external_id
    person.email = same_address(command.email)
    person.first_name = command.first_name
    person.last_name = command.last_name
    person.unit_id = unit_id
    person.job_profile = command.job_profile
    person.active = command.active
    session.add(person)
    session.flush()
    _report_to(session, person.id, command.manager_id, now.date())
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PERSON.value,
        thing="person",
        thing_id=person.id,
        person_id=person.id,
        happened_at=now,
    )
    session.flush()
    return person.id


def _check(session: Session, command: WritePerson, person_id: int | None) -> None:
    others = select(Person.id).where(Person.id != (person_id or 0)).limit(1)
    if session.scalar(others.where(Person.external_id == command.external_id)):
        raise RuleBroken("external_id", "Somebody else has this external id.")
    if session.scalar(others.where(Person.email == same_address(command.email))):
        raise RuleBroken("email", "Somebody else has this mail address.")
    if command.manager_id is not None and session.get(Person, command.manager_id) is None:
        raise RuleBroken("manager_id", "There is nobody like that here.")


def _report_to(session: Session, person_id: int, manager_id: int | None, today: date) -> None:
    above = holders(session, RelationshipKind.MANAGER, today)
    seen = {person_id}
    step = manager_id
    while step is not None:
        if step in seen:
            raise RuleBroken("manager_id", "Then reporting lines would run in a circle.")
        seen.add(step)
        step = above.get(step)
    set_holders(
        session,
        kind=RelationshipKind.MANAGER,
        holders={person_id: manager_id},
        starts_on=today,
    )
