"""SQLite is told how large its tables are, so that it chooses indexes by that."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Connection

from ldtrack.db.session import Database
from ldtrack.db.statistics import refresh
from ldtrack.people.service.directory import AddPerson, add_person
from tests.infrastructure.organisation import SmallOrganisation


def _way(connection: Connection, acme: SmallOrganisation) -> str:
    one = text("SELECT email FROM person WHERE id IN (:id, 0) AND organisation_id = :organisation")
    plan = connection.execute(
        text(f"EXPLAIN QUERY PLAN {one}"),
        {"id": acme.person["leader"], "organisation": acme.id},
    )
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
