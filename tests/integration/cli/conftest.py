"""Commands on an installation of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result

from ldtrack.cli import ldtrack
from ldtrack.core.clock import SystemClock
from ldtrack.db.session import Database
from tests.infrastructure.demo import Demo
from tests.infrastructure.engines import quick_engine
from tests.infrastructure.organisation import SmallOrganisation, found
from tests.infrastructure.sealing import NOTES_KEY, SEAL


class Run(Protocol):
    """Runs a command and gives back what it said."""

    def __call__(self, *words: object, typed: str | None = None) -> Result: ...


@pytest.fixture
def instance(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder with empty tables and the key of the tests."""
    shutil.copy(sqlite_template, tmp_path / "ldtrack.db")
    (tmp_path / "notes_key").write_text(NOTES_KEY)
    monkeypatch.setenv("LDTRACK_INSTANCE", str(tmp_path))
    return tmp_path


@pytest.fixture
def database(instance: Path) -> Iterator[Database]:
    """Its database."""
    engine = quick_engine(f"sqlite:///{instance / 'ldtrack.db'}")
    yield Database(engine, seal=SEAL)
    engine.dispose()


@pytest.fixture
def acme(database: Database) -> SmallOrganisation:
    """One organisation in it, founded now."""
    with database.writing() as session:
        return found(session, "Acme", SystemClock().now())


@pytest.fixture
def demo_instance(instance: Path, demo: Demo) -> Path:
    """The same folder with the demo in it."""
    shutil.copy(demo.path, instance / "ldtrack.db")
    return instance


@pytest.fixture
def run(instance: Path) -> Run:
    """Run a command: `run("people", "import", path)`; `typed` is what is typed when it asks."""

    def command(*words: object, typed: str | None = None) -> Result:
        return CliRunner().invoke(ldtrack, [str(word) for word in words], input=typed)

    return command
