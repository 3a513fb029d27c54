"""How fast completions come in, with their evidence, beside the same rows by a bare cursor.

Prints figures, asserts no time.
"""

from __future__ import annotations

import resource
import time
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import new_id
from ldtrack.courses.models import Course
from ldtrack.db.session import Database
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.service.at_once import bring_in
from ldtrack.people.models import Person
from tests.bench.test_people_import_speed import many
from tests.infrastructure.organisation import SmallOrganisation, found
from tests.integration.courses.makers import a_course

PEOPLE = 20_000


@pytest.mark.slow
@pytest.mark.parametrize("count", [20_000, 100_000, 1_000_000])
def test_completions_come_in_and_come_in_again(
    database: Database, clock: SetClock, count: int
) -> None:
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now(), levels={"strategic-thinking": 3, "coaching-others": 2})
    ready = partial(database.writing, acme.id)
    hr, now = acme.actor["hr"], clock.now()
    bring_in(ready, hr, ImportKind.PEOPLE, many(PEOPLE), now=now)
    rows = (
        f"X{n % PEOPLE},LC-101,20{n // PEOPLE % 25:02}-{n // PEOPLE // 25 + 1:02}-01,"
        f"{n % 101},100\n"
        for n in range(count)
    )
    bare = bare_cursor(database, acme, count)
    raw = ("external_id,course_code,completed_on,score,score_max\n" + "".join(rows)).encode()
    for word in ("first", "again"):
        began, cpu = time.perf_counter(), time.process_time()
        report = bring_in(ready, hr, ImportKind.COMPLETIONS, raw, now=now)
        wall, used = time.perf_counter() - began, time.process_time() - cpu
        name = database.engine.dialect.name
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{name}: {count:,} completions, {word}: {wall:.1f} s, {used:.1f} CPU s, "
            f"{count / wall:,.0f}/s, {used / bare:.0f} × a bare cursor ({bare:.1f} CPU s), "
            f"at most {memory} MiB"
        )
        assert report.stored
        assert report.unchanged == (count if word == "again" else 0)


def bare_cursor(database: Database, acme: SmallOrganisation, count: int) -> float:
    """CPU seconds of this process for as many rows in the same tables, taken back afterwards."""
    with database.reading(acme.id) as session:
        (course_id,) = session.scalars(select(Course.id))
        people = session.scalars(select(Person.id).where(Person.external_id.like("X%"))).all()
    competencies = [acme.competency[key] for key in ("strategic-thinking", "coaching-others")]
    ids = [new_id() for _ in range(3 * count)]
    days = [(date(1950, 1, 1) + timedelta(days=n)).isoformat() for n in range(count // PEOPLE + 1)]
    completions = [
        (ids[n], acme.id, course_id, people[n % PEOPLE], days[n // PEOPLE], n % 101, 100, "own")
        for n in range(count)
    ]
    evidence = [
        (ids[count + 2 * n + turn], acme.id, people[n % PEOPLE], competencies[turn], ids[n], 3.0)
        for n in range(count)
        for turn in range(2)
    ]
    mark = "?" if database.engine.dialect.name == "sqlite" else "%s"
    began = time.process_time()
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    if mark == "?":
        cursor.execute("BEGIN IMMEDIATE")
    cursor.executemany(
        "INSERT INTO completion (id, organisation_id, course_id, person_id, completed_on, score, "
        f"score_max, source) VALUES ({', '.join([mark] * 8)})",
        completions,
    )
    cursor.executemany(
        "INSERT INTO evidence (id, organisation_id, person_id, competency_id, source_kind, "
        "source_id, revision, form, value, noise_variance, observed_on, recorded_at, title) VALUES "
        f"({', '.join([mark] * 4)}, 'course_assessment', {mark}, 1, 'graded', {mark}, 0.5, "
        "'2026-01-01', '2026-11-20 09:00:00', 'Leading change')",
        evidence,
    )
    used = time.process_time() - began
    connection.rollback()
    connection.close()
    return used
