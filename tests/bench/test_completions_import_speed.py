"""How fast completions come in, with their evidence; prints figures, asserts no time."""

from __future__ import annotations

import time

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.exchange import completions_import, people_import
from tests.bench.test_people_import_speed import many
from tests.infrastructure.organisation import found
from tests.integration.courses.makers import a_course


@pytest.mark.slow
def test_completions_come_in_and_come_in_again(database: Database, clock: SetClock) -> None:
    count = 20_000
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now(), levels={"strategic-thinking": 3, "coaching-others": 2})
        people_import.import_file(session, None, many(count), skip_bad=False, now=clock.now())
    rows = (f"X{n},LC-101,2026-01-{n % 28 + 1:02},{n % 101},100\n" for n in range(count))
    raw = ("external_id,course_code,completed_on,score,score_max\n" + "".join(rows)).encode()
    for word in ("first", "again"):
        began = time.perf_counter()
        with database.writing(acme.id) as session:
            report = completions_import.import_file(
                session, None, raw, skip_bad=False, now=clock.now()
            )
        wall = time.perf_counter() - began
        name = database.engine.dialect.name
        print(f"{name}: {count:,} completions, {word}: {wall:.1f} s, {count / wall:,.0f}/s")
        assert report.stored
