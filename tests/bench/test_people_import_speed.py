"""How fast people come in from a file, with managers and units; prints figures, asserts no time."""

from __future__ import annotations

import time
from functools import partial

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.service.at_once import bring_in
from tests.infrastructure.organisation import found

HEAD = "external_id,email,first_name,last_name,manager_external_id,unit,unit_parent,job_profile\n"


def many(count: int) -> bytes:
    """A file in which each ten people report to one before them."""
    rows = (
        f"X{n},x{n}@example.org,First{n},Last{n},{f'X{n // 10}' if n else ''},Unit {n % 200},"
        f"Division {n % 200 % 10},Role\n"
        for n in range(count)
    )
    return (HEAD + "".join(rows)).encode()


@pytest.mark.slow
@pytest.mark.parametrize("count", [20_000, 100_000])
def test_people_come_in_and_come_in_again(database: Database, clock: SetClock, count: int) -> None:
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    raw = many(count)
    for word in ("first", "again"):
        began, cpu = time.perf_counter(), time.process_time()
        report = bring_in(
            partial(database.writing, acme.id),
            acme.actor["hr"],
            ImportKind.PEOPLE,
            raw,
            now=clock.now(),
        )
        wall, used = time.perf_counter() - began, time.process_time() - cpu
        name = database.engine.dialect.name
        print(
            f"{name}: {count:,} people, {word}: {wall:.1f} s, {used:.1f} CPU s, "
            f"{count / wall:,.0f}/s"
        )
        assert report.stored
        assert report.unchanged == (count if word == "again" else 0)
