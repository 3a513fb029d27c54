"""The made-up organisations, stored once for all tests that read them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from ldtrack.access.domain import Actor, at_the_console
from ldtrack.db.session import Database
from ldtrack.demo import DemoReport, load
from ldtrack.people.queries import organisations
from tests.infrastructure.engines import quick_engine
from tests.infrastructure.sealing import SEAL

DEMO_TODAY = date(2026, 11, 20)
SEED = 7
RATER_KEY = "a key for the made-up raters"


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The database with the demo in it, what loading it said, and the file to be copied."""

    database: Database
    report: DemoReport
    said: tuple[str, ...]
    path: Path

    def console(self, organisation: str) -> Actor:
        """The operator in one of the organisations."""
        with self.database.reading() as session:
            found = {name: key for key, name in organisations(session)}
        return at_the_console(found[organisation])


@pytest.fixture(scope="session")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Everything at scale 1, up to 20 November 2026; for reading only."""
    path = tmp_path_factory.mktemp("demo") / "ldtrack.db"
    shutil.copy(sqlite_template, path)
    engine = quick_engine(f"sqlite:///{path}")
    said: list[str] = []
    report = load(
        Database(engine, seal=SEAL),
        RATER_KEY,
        today=DEMO_TODAY,
        seed=SEED,
        base_url="https://ldtrack.example.org",
        progress=said.append,
    )
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    yield Demo(database=Database(engine, seal=SEAL), report=report, said=tuple(said), path=path)
    engine.dispose()
