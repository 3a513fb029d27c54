"""The long lists of HR: `python -m tests.bench.lists --people 100000 --completions 1000000`.

Rows are written by bare inserts, with a floor of so many people that nobody waits for them. Each
page is opened in this process as HR; printed are its statements, CPU milliseconds of this process
and of PostgreSQL if it is asked for, and milliseconds on the clock.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.models import Relationship
from ldtrack.app import create_app
from ldtrack.app.tables import metadata
from ldtrack.competencies.service import publish_edition, put_in_force
from ldtrack.config.settings import load
from ldtrack.core.ids import encode, new_id
from ldtrack.courses.models import Completion, Course, Statement
from ldtrack.db import migrate
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm, SourceKind
from ldtrack.evidence.models import Evidence
from ldtrack.pathways.models import Enrolment, PathwayVersion
from ldtrack.people.models import Person, Unit
from tests.bench.server import cpu_ms, family, postgres, settle
from tests.bench.wire import signed_in
from tests.infrastructure.next_edition import decide_all, second_edition, walk_to
from tests.infrastructure.organisation import SmallOrganisation, found
from tests.infrastructure.sealing import SEAL
from tests.infrastructure.statements import counted
from tests.integration.pathways.makers import a_pathway

_NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
_UNITS, _COURSES, _TIMES, _ROWS = 200, 100, 8, 5_000


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--completions", type=int, default=1_000_000)
    asked.add_argument("--postgres", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        if not given.postgres:
            _run(given, instance, f"sqlite:///{instance / 'ldtrack.db'}", [])
            return
        with postgres(instance) as (url, pids):
            _run(given, instance, url, pids)


def _run(given: argparse.Namespace, instance: Path, url: str, database_pids: list[int]) -> None:
    engine = engine_for(url)
    migrate.upgrade(engine, metadata())
    database = Database(engine, seal=SEAL)
    began = time.process_time()
    with database.writing() as session:
        acme = found(session, "Acme", _NOW)
    version_id, course_id = _fill(database, acme, given.people, given.completions)
    edition_id = _next_edition(database, acme)
    settle(database)
    print(f"{given.people:,} people, {given.completions:,} completions", end=" ")
    print(f"(written in {time.process_time() - began:.0f} CPU s)\n")
    app = create_app(replace(load(instance), database_url=url, queue="external"))
    app.extensions["ldtrack.database"] = database
    print("| page | statements | CPU ms | of the database | median ms | worst ms |")
    print("|---|---|---|---|---|---|")
    for name, path in _pages(version_id, course_id, given.people).items():
        _measure(app, database, acme, name, path, database_pids)
    walk = f"/frameworks/{encode(edition_id)}/from/{encode(acme.framework_version_id)}"
    levels = _levels_pages(walk, given.people)
    for name, path in levels.items():
        _measure(app, database, acme, f"before it counts: {name}", path, database_pids)
    with database.writing(acme.id) as session:
        crosswalk = walk_to(session, acme, edition_id)
        put_in_force(session, acme.actor["hr"], crosswalk, today=_NOW.date(), now=_NOW)
    for name, path in levels.items():
        _measure(app, database, acme, f"while it counts: {name}", path, database_pids)
    engine.dispose()


def _pages(version_id: int, course_id: int, people: int) -> dict[str, str]:
    last = people // 50
    enrolled, course = f"/pathways/{encode(version_id)}/people", f"/courses/{encode(course_id)}"
    return {
        "floor: own account": "/account",
        "people, first page": "/people",
        "people, last page": f"/people?page={last}",
        "people by unit, from the end": "/people?sort=-unit",
        "people by job, in the middle": f"/people?sort=job&page={last // 2}",
        "people, searched": "/people?q=last+77123",
        "people, searched in vain": "/people?q=nobody",
        "enrolments, first page": enrolled,
        "enrolments, last page": f"{enrolled}?page={last}",
        "enrolments by name": f"{enrolled}?sort=name",
        "enrolments, searched": f"{enrolled}?q=last+77123",
        "completions of a course": course,
        "completions by name": f"{course}?sort=name",
        "completions by result, in the middle": f"{course}?sort=-result&page=100",
        "completions, searched": f"{course}?q=last+77",
        "courses": "/courses",
        "courses by completions": "/courses?sort=-n",
        "courses to match": "/courses/parked",
        "people to match, by name": "/courses/parked/people?sort=name&page=20",
        "people to match, searched": "/courses/parked/people?q=stranger77",
        "HR today": "/today",
    }


def _levels_pages(walk: str, people: int) -> dict[str, str]:
    return {
        "whose levels change, first page": f"{walk}/people",
        "whose levels change, last page": f"{walk}/people?page={people // 20}",
        "whose levels change, searched": f"{walk}/people?q=last+77123",
    }


def _measure(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    name: str,
    path: str,
    database_pids: list[int],
) -> None:
    account_id = acme.actor["hr"].account_id or 0
    headers = {"Cookie": signed_in(app, database, account_id).cookie}
    client = app.test_client(use_cookies=False)
    with counted(database.engine) as statements:
        answer = client.get(path, headers=headers)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    walls, own, before = [], time.process_time(), cpu_ms(_all(database_pids))
    for _ in range(_TIMES):
        began = time.perf_counter()
        client.get(path, headers=headers)
        walls.append((time.perf_counter() - began) * 1000)
    spent = (time.process_time() - own) * 1000 / _TIMES
    stored = (cpu_ms(_all(database_pids)) - before) / _TIMES
    print(
        f"| {name} | {len(statements)} | {spent:.0f} | "
        f"{f'{stored:.0f}' if database_pids else 'in it'} | "
        f"{statistics.median(walls):.0f} | {max(walls):.0f} |",
        flush=True,
    )


def _fill(
    database: Database, acme: SmallOrganisation, people: int, completions: int
) -> tuple[int, int]:
    """Write everything down. Returns a version that everybody is on, and a course."""
    with database.writing(acme.id) as session:
        version_id = a_pathway(session, acme, _NOW).version_id
        pathway_id = session.get_one(PathwayVersion, version_id).pathway_id
    units = [new_id() for _ in range(_UNITS)]
    ids = [new_id() for _ in range(people)]
    courses = [new_id() for _ in range(_COURSES)]
    own = {"organisation_id": acme.id}
    _write(
        database,
        acme,
        Unit,
        ({"id": id_, "name": f"Unit {n}", **own} for n, id_ in enumerate(units)),
    )
    _write(database, acme, Person, (_person(n, id_, units) | own for n, id_ in enumerate(ids)))
    _write(database, acme, Relationship, (_line(n, ids) | own for n in range(1, people)))
    _write(
        database,
        acme,
        Enrolment,
        (
            {
                "pathway_id": pathway_id,
                "version_id": version_id,
                "person_id": id_,
                "enrolled_on": date(2026, 1, 1) + timedelta(days=n % 300),
                **own,
            }
            for n, id_ in enumerate(ids)
        ),
    )
    _write(
        database,
        acme,
        Course,
        (
            {"id": id_, "code": f"B-{n}", "title": f"Course {n}", "hours": n % 9 + 1, **own}
            for n, id_ in enumerate(courses)
        ),
    )
    rows = (_completion(n, ids, courses) | own for n in range(completions))
    _write(database, acme, Completion, rows)
    _write(database, acme, Statement, (_statement(n) | own for n in range(20_000)))
    _write(database, acme, Evidence, (row | own for row in _evidence(acme, ids)))
    return version_id, courses[0]


def _next_edition(database: Database, acme: SmallOrganisation) -> int:
    """The second edition of the framework, published and decided."""
    later = _NOW + timedelta(hours=1)
    with database.writing(acme.id) as session:
        edition_id = second_edition(session, acme)
        publish_edition(session, acme.actor["hr"], edition_id, now=later)
        decide_all(session, acme, edition_id, later)
    return edition_id


def _person(n: int, id_: int, units: list[int]) -> dict[str, Any]:
    return {
        "id": id_,
        "external_id": f"X{n}",
        "email": f"x{n}@example.net",
        "first_name": f"First {n % 1000}",
        "last_name": f"Last {n}",
        "unit_id": units[n % len(units)],
        "job_profile": f"Role {n % 40}",
    }


def _line(n: int, ids: list[int]) -> dict[str, Any]:
    return {
        "kind": RelationshipKind.MANAGER,
        "holder_id": ids[n // 10],
        "person_id": ids[n],
        "starts_on": date(2026, 1, 1),
    }


def _completion(n: int, ids: list[int], courses: list[int]) -> dict[str, Any]:
    turn = n // len(ids)
    return {
        "course_id": courses[(n + turn) % len(courses)],
        "person_id": ids[n % len(ids)],
        "completed_on": date(2020, 1, 1) + timedelta(days=(n * 7 + turn) % 2_500),
        "score": float(n % 101),
        "score_max": 100.0,
        "source": "own",
    }


def _evidence(acme: SmallOrganisation, ids: list[int]) -> Iterator[dict[str, Any]]:
    """Two pieces of everybody, on two competencies."""
    for n, person_id in enumerate(ids):
        for turn, key in enumerate(("coaching-others", "strategic-thinking")):
            yield {
                "person_id": person_id,
                "competency_id": acme.competency[key],
                "source_kind": SourceKind.MILESTONE,
                "source_id": 2 * n + turn + 1,
                "form": EvidenceForm.GRADED,
                "value": 1.0 + n % 4,
                "noise_variance": 0.25,
                "observed_on": date(2025, 1, 1) + timedelta(days=n % 600),
                "recorded_at": _NOW,
                "title": f"Milestone {n}",
            }


def _statement(n: int) -> dict[str, Any]:
    return {
        "statement_id": f"bench-{n}",
        "fingerprint": str(n),
        "source": "bench",
        "actor_key": f"mailto:stranger{n % 5_000}@example.net",
        "actor_name": f"Stranger {n % 5_000}",
        "activity_id": f"course:Elsewhere {n % 400}",
        "happened_at": _NOW,
        "happened_on": _NOW.date(),
        "received_at": _NOW,
    }


def _write(
    database: Database, acme: SmallOrganisation, table: type[Any], rows: Iterable[dict[str, Any]]
) -> None:
    left: Iterator[dict[str, Any]] = iter(rows)
    while part := list(islice(left, _ROWS)):
        with database.writing(acme.id) as session:
            session.execute(insert(table), part)


def _all(pids: list[int]) -> list[int]:
    return [child for pid in pids for child in family(pid)]


if __name__ == "__main__":
    main()
