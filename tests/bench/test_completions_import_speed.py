"""How fast completions come in, with their evidence; prints figures, asserts no time."""

from __future__ import annotations

import resource
import time
from functools import partial

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.service.at_once import bring_in
from tests.bench.test_people_import_speed import many
from tests.infrastructure.organisation import found
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
    raw = ("external_id,course_code,completed_on,score,score_max\n" + "".join(rows)).encode()
    for word in ("first", "again"):
        began, cpu = time.perf_counter(), time.process_time()
        report = bring_in(ready, hr, ImportKind.COMPLETIONS, raw, now=now)
        wall, used = time.perf_counter() - began, time.process_time() - cpu
        name = database.engine.dialect.name
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{name}: {count:,} completions, {word}: {wall:.1f} s, {used:.1f} CPU s, "
            f"{count / wall:,.0f}/s, at most {memory} MiB"
        )
        assert report.stored
        assert report.unchanged == (count if word == "again" else 0)
