"""Databases for the tests: each test has a fresh one, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ldtrack.app.tables import metadata
from ldtrack.core.clock import SetClock
from ldtrack.db import migrate
from ldtrack.db.session import Database
from tests.infrastructure.engines import quick_engine
from tests.infrastructure.postgres import Postgres
from tests.infrastructure.sealing import SEAL

TODAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def make_tables(engine: Engine) -> None:
    """All tables, empty."""
    migrate.upgrade(engine, metadata())


@pytest.fixture
def clock() -> SetClock:
    """Stands at 20 November 2026, nine o'clock."""
    return SetClock(TODAY)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = quick_engine(f"sqlite:///{path}")
    make_tables(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """A database with all tables, to be copied."""
    engine = quick_engine(postgres.create_database("empty"))
    make_tables(engine)
    engine.dispose()
    return "empty"


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database."""
    path = tmp_path / "ldtrack.db"
    shutil.copy(sqlite_template, path)
    engine = quick_engine(f"sqlite:///{path}")
    yield Database(engine, seal=SEAL)
    engine.dispose()


@pytest.fixture(scope="session")
def kept_postgres_database(postgres: Postgres, postgres_template: str) -> str:
    """The name of a database with all tables, which each test leaves empty."""
    postgres.create_database("kept", template=postgres_template)
    return "kept"


@pytest.fixture
def postgres_database(postgres: Postgres, kept_postgres_database: str) -> Iterator[Database]:
    """An empty PostgreSQL database; to make one takes longer than most tests."""
    engine = quick_engine(postgres.url(kept_postgres_database))
    yield Database(engine, seal=SEAL)
    engine.dispose()
    postgres.empty(kept_postgres_database)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """The same test on either engine."""
    kind = "sqlite_database" if request.param == "sqlite" else "postgres_database"
    made: Database = request.getfixturevalue(kind)
    return made
