"""People with everything that is kept of them: one, or all of them a part after the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.errors import NotVisible
from ldtrack.people.domain import ImportPerson
from ldtrack.people.domain.tree import STEP, UnitRow, tree_of
from ldtrack.people.models import Person, Unit
from ldtrack.people.queries.persons import managers


def full_person(session: Session, person_id: int, today: date) -> ImportPerson:
    """Everything that is kept of one person, else `NotVisible`; the caller checked who asks."""
    row = session.execute(
        select(Person, Unit.name)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Person.id == person_id)
    ).first()
    if row is None:
        raise NotVisible
    manager_id = managers(session, [person_id], today).get(person_id, 0)
    manager = session.scalar(select(Person.external_id).where(Person.id == manager_id))
    return _full(row[0], row[1], manager)


def part_of_everybody(
    session: Session, today: date, *, after: str = "", size: int
) -> list[ImportPerson]:
    """The next people by external id with everything that is kept of them; those who left too."""
    rows = session.execute(
        select(Person, Unit.name)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Person.external_id > after)
        .order_by(Person.external_id)
        .limit(size)
    ).all()
    above = managers(session, [found.id for found, _ in rows], today)
    names = _external_ids(session, set(above.values()))
    around = _around(session)
    return [
        _full(found, unit, names.get(above.get(found.id, 0)), around.get(found.unit_id or 0, ""))
        for found, unit in rows
    ]


def part_of_names(session: Session, *, after: str = "", size: int) -> dict[int, tuple[str, str]]:
    """External id and mail address of the next people by external id."""
    rows = session.execute(
        select(Person.id, Person.external_id, Person.email)
        .where(Person.external_id > after)
        .order_by(Person.external_id)
        .limit(size)
    )
    return {id_: (external_id, email) for id_, external_id, email in rows}


def _external_ids(session: Session, ids: set[int]) -> Mapping[int, str]:
    rows = session.execute(select(Person.id, Person.external_id).where(Person.id.in_(sorted(ids))))
    return dict(rows.all())


def _around(session: Session) -> Mapping[int, str]:
    """For each unit the units around it, from the top down."""
    rows = session.execute(select(Unit.id, Unit.name, Unit.parent_id))
    tree = tree_of(
        [
            UnitRow(id=unit_id, name=name, parent_id=parent_id, n_people=0)
            for unit_id, name, parent_id in rows
        ]
    )
    return {
        unit_id: STEP.join(unit.name for unit in tree.way_to(unit_id)[:-1])
        for unit_id in tree.by_id
    }


def _full(
    found: Person, unit: str | None, manager: str | None, unit_parent: str | None = None
) -> ImportPerson:
    return ImportPerson(
        line=0,
        external_id=found.external_id,
        email=found.email,
        first_name=found.first_name,
        last_name=found.last_name,
        manager_external_id=manager or "",
        unit=unit or "",
        unit_parent=unit_parent,
        job_profile=found.job_profile,
        locale=found.locale,
        time_zone=found.time_zone,
        active=found.active,
    )
