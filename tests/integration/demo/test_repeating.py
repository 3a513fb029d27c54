"""Loading again, loading the same, and a load that is killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from ldtrack.competencies.models import Competency
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.demo import load
from ldtrack.demo.loader import load_one
from ldtrack.demo.script import script_named
from ldtrack.evidence.models import Evidence
from ldtrack.people.models import Person
from ldtrack.people.queries import organisations
from tests.infrastructure.demo import DEMO_TODAY, RATER_KEY, SEED, Demo
from tests.infrastructure.sealing import SEAL
from tests.integration.demo.counting import rows_by_table

_ROOT = Path(__file__).resolve().parents[3]


def test_loading_again_says_so_and_changes_nothing(demo: Demo) -> None:
    before, said = rows_by_table(demo.database), list[str]()
    report = load(
        demo.database, RATER_KEY, today=DEMO_TODAY, seed=SEED + 1, scale=3, progress=said.append
    )
    assert rows_by_table(demo.database) == before
    assert said == [
        "Meridian Transport is here already; nothing is changed.",
        "Alder College is here already; nothing is changed.",
    ]
    assert not report.changed


def _evidence(database: Database, organisation: str) -> list[tuple[object, ...]]:
    with database.reading() as session:
        ids = {name: key for key, name in organisations(session)}
    with database.reading(ids[organisation]) as session:
        rows = session.execute(
            select(
                Person.external_id,
                Competency.key,
                Evidence.source_kind,
                Evidence.form,
                Evidence.value,
                Evidence.level,
                Evidence.observed_on,
                Evidence.title,
            )
            .join(Person, Person.id == Evidence.person_id)
            .join(Competency, Competency.id == Evidence.competency_id)
        )
        return sorted((tuple(row) for row in rows), key=repr)


def test_the_same_seed_and_day_make_the_same_evidence(
    demo: Demo, sqlite_database: Database
) -> None:
    load_one(sqlite_database, "another key", script_named("alder"), today=DEMO_TODAY, seed=SEED)
    again = _evidence(sqlite_database, "Alder College")
    assert len(again) > 20
    assert again == _evidence(demo.database, "Alder College")


class Interrupted(Exception):
    """Somebody pressed a key."""


def test_a_load_that_breaks_off_leaves_nothing(sqlite_database: Database) -> None:
    before = rows_by_table(sqlite_database)

    def break_off(line: str) -> None:
        if "September 2025" in line:
            raise Interrupted

    with pytest.raises(Interrupted):
        load(sqlite_database, RATER_KEY, today=DEMO_TODAY, progress=break_off)
    assert rows_by_table(sqlite_database) == before


def test_a_load_that_is_killed_leaves_nothing(tmp_path: Path, sqlite_template: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "ldtrack.db")
    with subprocess.Popen(
        [sys.executable, "-m", "ldtrack", "demo", "load"],
        env=os.environ | {"LDTRACK_INSTANCE": str(tmp_path)},
        cwd=_ROOT,
        stderr=subprocess.PIPE,
        text=True,
    ) as loading:
        assert loading.stderr is not None
        seen = [loading.stderr.readline() for _ in range(4)]
        loading.kill()
    assert all("Meridian Transport: " in line for line in seen)
    database = Database(engine_for(f"sqlite:///{tmp_path / 'ldtrack.db'}"), seal=SEAL)
    assert rows_by_table(database)["organisation"] == 0
    assert rows_by_table(database)["person"] == 0
    database.engine.dispose()
