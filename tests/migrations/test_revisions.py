"""Revisions lead where the models are, and back again, with data in the tables."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from ldtrack.app.tables import metadata
from ldtrack.core.clock import SetClock
from ldtrack.db import migrate
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.people.queries import directory
from tests.infrastructure.organisation import found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    if request.param == "sqlite":
        engine = engine_for(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    server = request.getfixturevalue("postgres")
    name = f"m{uuid.uuid4().hex[:12]}"
    engine = engine_for(server.create_database(name))
    yield engine
    engine.dispose()
    server.drop_database(name)


def test_the_revisions_make_the_tables_that_the_models_describe(empty: Engine) -> None:
    migrate.upgrade(empty, metadata())
    assert migrate.differences(empty, metadata()) == []
    assert migrate.present(empty) == migrate.newest()


def test_upgrading_twice_changes_nothing(empty: Engine) -> None:
    migrate.upgrade(empty, metadata())
    migrate.upgrade(empty, metadata())
    assert migrate.present(empty) == migrate.newest()


def test_the_way_back_takes_every_table_away_and_the_way_forth_brings_them_again(
    empty: Engine,
) -> None:
    migrate.upgrade(empty, metadata())
    migrate.downgrade(empty, metadata(), "base")
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    migrate.upgrade(empty, metadata())
    assert migrate.differences(empty, metadata()) == []


def test_an_organisation_can_live_in_migrated_tables(empty: Engine, clock: SetClock) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        people, total = directory(session, acme.actor["hr"])
    assert (len(people), total) == (len(acme.person), len(acme.person))
