"""SQLite is told how large its tables are, so that it chooses indexes by that."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert, text
from sqlalchemy.engine import Connection

from ldtrack.audit.models import AuditEvent
from ldtrack.db.session import Database
from ldtrack.db.statistics import refresh
from ldtrack.people.models import Person
from ldtrack.people.service.directory import AddPerson, add_person
from tests.infrastructure.organisation import SmallOrganisation


def _way(connection: Connection, acme: SmallOrganisation) -> str:
    one = text("SELECT email FROM person WHERE id IN (:id, 0) AND organisation_id = :organisation")
    plan = connection.execute(
        text(f"EXPLAIN QUERY PLAN {one}"),
        {"id": acme.person["leader"], "organisation": acme.id},
    )
    return " ".join(str(row[3]) for row in plan)


def _way_to_many(connection: Connection, acme: SmallOrganisation) -> str:
    """How the events about four hundred of two thousand people would be found."""
    wanted = ", ".join(str(number) for number in range(1, 401))
    asked = f"SELECT reason FROM audit_event WHERE person_id IN ({wanted}) AND organisation_id = ?"
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", (acme.id,))
    return " ".join(str(row[3]) for row in plan)


def test_somebody_is_found_by_their_key_and_not_among_all_once_that_is_known(
    database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        for n in range(200):
            address = f"n{n}@example.org"
            add_person(
                session,
                AddPerson(external_id=f"N{n}", email=address, first_name="N", last_name=str(n)),
            )
    with database.writing(acme.id) as session:
        refresh(session.connection())
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            assert "INTEGER PRIMARY KEY" in _way(connection, acme)


def test_hundreds_are_found_among_thousands_also_on_a_connection_that_was_open_before(
    database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        refresh(session.connection())
        session.execute(
            insert(Person),
            [
                {
                    "id": n,
                    "organisation_id": acme.id,
                    "external_id": f"N{n}",
                    "email": f"n{n}@example.org",
                    "first_name": "N",
                }
                for n in range(1, 2001)
            ],
        )
        session.execute(
            insert(AuditEvent),
            [
                {
                    "organisation_id": acme.id,
                    "happened_at": datetime(2026, 11, 20, tzinfo=UTC),
                    "action": "person:read",
                    "thing": "person",
                    "person_id": n % 2000 + 1,
                }
                for n in range(6000)
            ],
        )
    with database.engine.connect() as open_before:
        open_before.execute(text("SELECT count(*) FROM person"))
        open_before.commit()
        with database.writing(acme.id) as session:
            refresh(session.connection())
        open_before.execute(text("SELECT count(*) FROM person"))
        if database.engine.dialect.name == "sqlite":
            assert "ix_audit_event_person" in _way_to_many(open_before, acme)


def test_looking_again_at_what_has_not_grown_writes_nothing(
    database: Database, acme: SmallOrganisation
) -> None:
    seen = []
    for _ in range(3):
        with database.writing(acme.id) as session:
            refresh(session.connection())
        if database.engine.dialect.name == "sqlite":
            with database.engine.connect() as connection:
                asked = "SELECT schema_version FROM pragma_schema_version"
                seen.append(connection.exec_driver_sql(asked).scalar())
    assert seen[1:] == seen[:1] * len(seen[1:])
