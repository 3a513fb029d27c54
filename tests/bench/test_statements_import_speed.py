"""How fast completions come in as xAPI statements; prints figures, asserts no time."""

from __future__ import annotations

import json
import time
from functools import partial

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.service.at_once import bring_in
from ldtrack.exchange.xapi_import import import_file
from tests.bench.test_people_import_speed import many
from tests.infrastructure.organisation import found
from tests.infrastructure.statements_of_others import statement
from tests.integration.courses.makers import a_course

COUNT = 20_000


@pytest.mark.slow
def test_statements_come_in_and_come_in_again(database: Database, clock: SetClock) -> None:
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now(), levels={"strategic-thinking": 3})
    hr, now = acme.actor["hr"], clock.now()
    bring_in(partial(database.writing, acme.id), hr, ImportKind.PEOPLE, many(COUNT), now=now)
    said = [
        statement(n, "passed", actor={"mbox": f"mailto:x{n}@example.org"}) for n in range(COUNT)
    ]
    raw = json.dumps(said).encode()
    for word in ("first", "again"):
        began, cpu = time.perf_counter(), time.process_time()
        with database.writing(acme.id) as session:
            report = import_file(session, hr, raw, skip_bad=False, now=now)
        wall, used = time.perf_counter() - began, time.process_time() - cpu
        name = database.engine.dialect.name
        print(f"{name}: {COUNT:,} statements, {word}: {wall:.1f} s, {used:.1f} CPU s")
        assert report.stored
        assert (report.added, report.unchanged) == ((COUNT, 0) if word == "first" else (0, COUNT))
        assert (report.problems, report.notes) == ((), ())
