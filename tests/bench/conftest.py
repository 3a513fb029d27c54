"""Measured is what people have: a SQLite file that is flushed to disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from tests.infrastructure.sealing import SEAL


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database, as it is deployed."""
    path = tmp_path / "ldtrack.db"
    shutil.copy(sqlite_template, path)
    engine = engine_for(f"sqlite:///{path}")
    yield Database(engine, seal=SEAL)
    engine.dispose()
