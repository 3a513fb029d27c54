"""A server that is told to stop, or that finds its database locked, leaves nobody guessing."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape

import pytest
from sqlalchemy import select

from ldtrack.app import create_app
from ldtrack.config.settings import load
from ldtrack.db.engine import PATIENCE, WRITES
from ldtrack.db.session import EVERYWHERE, Database
from ldtrack.reflection.models import Entry
from tests.bench.server import free_port, start, wait_for
from tests.bench.wire import Fields, Visitor, ask, send, signed_in
from tests.infrastructure.organisation import found
from tests.reliability.conftest import Ground

pytestmark = pytest.mark.slow

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running server with one leader in front of it."""

    process: subprocess.Popen[bytes]
    port: int
    database: Database
    leader: Visitor

    def write(self, number: int) -> tuple[int, str]:
        """Send a journal entry; the status and the page that come back."""
        key = f"{number:032x}"
        fields: Fields = (("idempotency_key", key), ("body", f"entry {number}"), ("prompt", ""))
        answer = send(self.port, "/journal", self.leader, fields)
        return answer.status, answer.text

    def entries(self) -> list[str]:
        """What is stored."""
        with self.database.reading() as session:
            every = session.scalars(
                select(Entry.body).order_by(Entry.body), execution_options=EVERYWHERE
            )
            return list(every)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else is storing something all the time."""
        with self.database.engine.execution_options(**{WRITES: True}).begin():
            yield


@pytest.fixture
def served(sqlite_ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("LDTRACK_DATABASE_URL", sqlite_ground.url)
    app = create_app(load(sqlite_ground.instance))
    database: Database = app.extensions["ldtrack.database"]
    with database.writing() as session:
        acme = found(session, "Acme", app.extensions["ldtrack.clock"].now())
    port = free_port()
    process = start(sqlite_ground.instance, sqlite_ground.url, port)
    wait_for(port)
    leader = signed_in(app, database, acme.actor["leader"].account_id or 0)
    yield Served(process=process, port=port, database=database, leader=leader)
    process.kill()
    process.wait()
    database.engine.dispose()


def test_what_is_under_way_when_the_server_is_told_to_stop_is_finished_and_stored(
    served: Served,
) -> None:
    with ThreadPoolExecutor() as people:
        with served.locked():
            under_way = [people.submit(served.write, number) for number in (1, 2, 3)]
            time.sleep(1)
            served.process.send_signal(signal.SIGTERM)
            time.sleep(1)
        began = time.monotonic()
        answers = [one.result() for one in under_way]

    assert [status for status, _ in answers] == [303, 303, 303]
    assert served.process.wait(12) == 0
    assert time.monotonic() - began < 10
    assert served.entries() == ["entry 1", "entry 2", "entry 3"]


def test_a_database_that_is_locked_for_long_costs_a_sentence_and_no_text(served: Served) -> None:
    with ThreadPoolExecutor() as people:
        with served.locked():
            too_early = people.submit(served.write, 1)
            time.sleep(PATIENCE - 8)
            soon_enough = people.submit(served.write, 2)
            assert ask(served.port, "/journal", served.leader.cookie).status == 200
            status, page = too_early.result()
        assert soon_enough.result()[0] == 303

    assert status == 503
    assert "Something large is being stored at the moment" in page
    assert served.entries() == ["entry 2"]
    kept = tuple((name, unescape(value)) for name, value in _HIDDEN.findall(page))
    assert send(served.port, "/journal", served.leader, kept[1:]).status == 303
    assert served.entries() == ["entry 1", "entry 2"]
