"""Making and changing organisations, units and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import relate
from ldtrack.core.zones import EVERYWHERE_ALIKE
from ldtrack.db.session import enter_organisation
from ldtrack.people.domain import same_address
from ldtrack.people.models import Organisation, Person, Unit
from ldtrack.people.service.organisation import check_is_free, check_zone


@dataclass(frozen=True, kw_only=True)
class AddPerson:
    """What is known of somebody."""

    external_id: str
    email: str
    first_name: str
    last_name: str = ""
    unit: str = ""
    job_profile: str = ""
    locale: str = "en-GB"
    time_zone: str = ""
    active: bool = True


def found_organisation(
    session: Session,
    *,
    name: str,
    created_at: datetime,
    rater_floor: int = 3,
    time_zone: str = EVERYWHERE_ALIKE,
) -> int:
    """Make an organisation and enter it. Returns its id."""
    check_is_free(session, name)
    check_zone(time_zone)
    organisation = Organisation(
        name=name, created_at=created_at, rater_floor=rater_floor, time_zone=time_zone
    )
    session.add(organisation)
    session.flush()
    enter_organisation(session, organisation.id)
    return organisation.id


def add_person(session: Session, command: AddPerson) -> int:
    """Add somebody, or change who has the same external id. Returns their id."""
    person = session.scalar(select(Person).where(Person.external_id == command.external_id))
    if person is None:
        person = Person(external_id=command.external_id)
        session.add(person)
    person.email = same_address(command.email)
    person.first_name = command.first_name
    person.last_name = command.last_name
    person.unit_id = unit_named(session, command.unit) if command.unit else None
    person.job_profile = command.job_profile
    person.locale = command.locale
    person.time_zone = command.time_zone
    person.active = command.active
    session.flush()
    return person.id


def unit_named(session: Session, name: str) -> int:
    """The unit of that name, made if it is new."""
    unit = session.scalar(select(Unit).where(Unit.name == name))
    if unit is None:
        unit = Unit(name=name)
        session.add(unit)
        session.flush()
    return unit.id


def report_to(session: Session, *, person_id: int, manager_id: int, starts_on: date) -> None:
    """Make one person the other's line manager from a day on."""
    relate(
        session,
        kind=RelationshipKind.MANAGER,
        holder_id=manager_id,
        person_id=person_id,
        starts_on=starts_on,
    )
