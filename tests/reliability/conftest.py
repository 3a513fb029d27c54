"""A folder and a database with tables for a server that is going to have a hard time."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.infrastructure.postgres import Postgres


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where it runs, and the address of its database."""

    instance: Path
    url: str


@pytest.fixture
def sqlite_ground(sqlite_template: Path, tmp_path: Path) -> Ground:
    shutil.copy(sqlite_template, tmp_path / "ldtrack.db")
    return Ground(instance=tmp_path, url=f"sqlite:///{tmp_path / 'ldtrack.db'}")


@pytest.fixture
def postgres_ground(postgres: Postgres, postgres_template: str, tmp_path: Path) -> Iterator[Ground]:
    name = f"r{uuid.uuid4().hex[:12]}"
    url = postgres.create_database(name, template=postgres_template)
    yield Ground(instance=tmp_path, url=url)
    postgres.drop_database(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def ground(request: pytest.FixtureRequest) -> Ground:
    """The same test on either engine."""
    kind = "sqlite_ground" if request.param == "sqlite" else "postgres_ground"
    made: Ground = request.getfixturevalue(kind)
    return made
