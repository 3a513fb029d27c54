"""A session sees one organisation and fails closed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from ldtrack.db.session import Database, WrongOrganisation
from ldtrack.people.models import Person, Unit
from tests.infrastructure.organisation import SmallOrganisation


def test_a_session_finds_its_own_organisations_people_only(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    with database.reading(acme.id) as session:
        found = set(session.scalars(select(Person.id)))
        assert session.get(Person, rival.person["leader"]) is None
    assert found == set(acme.person.values())


def test_a_session_without_an_organisation_finds_nobody(
    database: Database, acme: SmallOrganisation
) -> None:
    with database.reading() as session:
        assert session.scalars(select(Person)).all() == []


def test_a_row_of_another_organisation_is_refused(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    with pytest.raises(WrongOrganisation), database.writing(acme.id) as session:
        session.add(Unit(name="Smuggled", organisation_id=rival.id))


def test_what_a_failed_block_stored_is_gone(database: Database, acme: SmallOrganisation) -> None:
    def fail_halfway() -> None:
        with database.writing(acme.id) as session:
            session.add(Unit(name="Half done"))
            session.flush()
            raise OSError

    with pytest.raises(OSError):
        fail_halfway()
    with database.reading(acme.id) as session:
        names = set(session.scalars(select(Unit.name)))
    assert names == {"Operations"}
