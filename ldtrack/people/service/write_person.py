"""Adding and changing one person by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.domain import WritePerson, same_address
from ldtrack.people.models import Person
from ldtrack.people.queries import former_ids
from ldtrack.people.service.changes import keep_move
from ldtrack.people.service.directory import unit_named
from ldtrack.people.service.lines import report_to_from


def write_person(
    session: Session,
    actor: Actor,
    command: WritePerson,
    *,
    now: datetime,
    person_id: int | None = None,
) -> int:
    """Add somebody, or change the person of that id. Returns their id.

    Another unit or another job is kept as a move of today.
    """
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    person = Person() if person_id is None else session.get(Person, person_id)
    if person is None:
        raise NotVisible
    _check(session, command, person_id)
    unit_id = unit_named(session, command.unit) if command.unit else None
    if person_id is not None and (person.unit_id, person.job_profile) != (
        unit_id,
        command.job_profile,
    ):
        keep_move(session, person, command.unit, command.job_profile, on=now.date())
    person.external_id = command.external_id
    person.email = same_address(command.email)
    person.first_name = command.first_name
    person.last_name = command.last_name
    person.unit_id = unit_id
    person.job_profile = command.job_profile
    session.add(person)
    session.flush()
    if person.active:
        report_to_from(
            session,
            person_id=person.id,
            manager_id=command.manager_id,
            starts_on=now.date(),
            field="manager_id",
        )
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
    former = former_ids(session, [command.external_id]).get(command.external_id)
    if former is not None and former.person_id != person_id:
        raise RuleBroken(
            "external_id", f"{former.now_external_id} was known by this external id before."
        )
