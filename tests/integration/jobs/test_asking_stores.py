"""A record store is asked over real HTTP: once for each statement, again and again, and safely."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.courses import queries
from ldtrack.courses.domain.statements import AddStore
from ldtrack.courses.queries.statements import StoreRow, stores
from ldtrack.courses.service.statements import add_store, remove_store
from ldtrack.db.session import Database
from ldtrack.exchange.record_store import NotAnswered, Store, pages_since
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.record_store import FakeStore, served
from tests.infrastructure.statements_of_others import statement
from tests.integration.courses.makers import a_course

HERE = frozenset({"127.0.0.1"})


@pytest.fixture
def lrs() -> Iterator[FakeStore]:
    with served() as store:
        store.statements = [
            statement(
                n, timestamp=f"2026-01-{n:02}T10:00:00Z", stored=f"2026-02-{n:02}T10:00:00.000Z"
            )
            for n in (1, 2, 3)
        ]
        yield store


@pytest.fixture
def workshop(database: Database, clock: SetClock, tmp_path: Path) -> Workshop:
    settings = Settings(
        instance=tmp_path, secret_key="x", rater_key="y", record_stores=("127.0.0.1",)
    )
    return Workshop(settings=settings, database=database, clock=clock)


@pytest.fixture
def store_id(workshop: Workshop, acme: SmallOrganisation, lrs: FakeStore) -> int:
    now = workshop.clock.now()
    with workshop.database.writing(acme.id) as session:
        a_course(session, acme, now)
        command = AddStore(
            name="Store", address=lrs.address, username="key", secret="secret", every_hours=6
        )
        return add_store(session, acme.actor["hr"], command, now=now)


def _days(workshop: Workshop, acme: SmallOrganisation) -> list[int]:
    with workshop.database.reading(acme.id) as session:
        found = queries.completions_of(session, acme.actor["hr"], acme.person["leader"])
    return sorted(row.completed_on.day for row in found)


def _store(workshop: Workshop, acme: SmallOrganisation) -> StoreRow:
    with workshop.database.reading(acme.id) as session:
        [row] = stores(session, acme.actor["hr"])
    return row


@pytest.mark.usefixtures("store_id")
def test_every_page_is_taken_and_later_only_what_is_new(
    workshop: Workshop, acme: SmallOrganisation, lrs: FakeStore, clock: SetClock
) -> None:
    work_off(workshop, KINDS)
    assert _days(workshop, acme) == [1, 2, 3]
    assert [query.get("from") for query in lrs.asked] == [None, "2"]
    assert lrs.asked[0] == {"ascending": "true", "limit": "200"}
    assert set(lrs.shown) == {"Basic a2V5OnNlY3JldA=="}
    assert (_store(workshop, acme).n_taken, _store(workshop, acme).problem) == (3, "")

    lrs.statements.append(
        statement(4, timestamp="2026-01-04T10:00:00Z", stored="2026-02-04T10:00:00.000Z")
    )
    work_off(workshop, KINDS)
    assert len(lrs.asked) == 2, "it is not asked before it is time"
    clock.instant += timedelta(hours=6)
    work_off(workshop, KINDS)
    assert _days(workshop, acme) == [1, 2, 3, 4]
    assert lrs.asked[2]["since"] == "2026-02-03T10:00:00Z"
    assert _store(workshop, acme).n_taken == 4


@pytest.mark.usefixtures("store_id")
@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (401, None, "The store does not accept these credentials."),
        (302, None, "The store answers 302."),
        (500, None, "The store answers 500."),
        (200, b"<html>", "The answer is not JSON."),
        (200, b"[]", "The answer holds no statements."),
        (200, b'{"statements": 7}', "The answer holds no statements."),
    ],
)
def test_a_store_that_answers_badly_is_asked_again_later(
    workshop: Workshop,
    acme: SmallOrganisation,
    lrs: FakeStore,
    clock: SetClock,
    status: int,
    body: bytes | None,
    problem: str,
) -> None:
    lrs.status, lrs.body = status, body
    work_off(workshop, KINDS)
    assert _store(workshop, acme).problem == problem
    lrs.status, lrs.body = 200, None
    clock.instant += timedelta(hours=6)
    work_off(workshop, KINDS)
    assert (_days(workshop, acme), _store(workshop, acme).problem) == ([1, 2, 3], "")


@pytest.mark.usefixtures("store_id")
def test_a_bad_statement_keeps_no_other_out(
    workshop: Workshop, acme: SmallOrganisation, lrs: FakeStore
) -> None:
    lrs.statements[1]["actor"] = {}
    lrs.statements.append(
        lrs.statements[0] | {"verb": {"id": "http://adlnet.gov/expapi/verbs/failed"}}
    )
    work_off(workshop, KINDS)
    assert _days(workshop, acme) == [1, 3]
    assert _store(workshop, acme).problem == ("2 statements could not be read and were left out.")


@pytest.mark.usefixtures("store_id")
def test_the_rest_of_an_answer_is_never_asked_for_elsewhere(
    workshop: Workshop, acme: SmallOrganisation, lrs: FakeStore
) -> None:
    lrs.more = "http://169.254.169.254/latest/meta-data"
    work_off(workshop, KINDS)
    assert _days(workshop, acme) == [1, 2]
    assert _store(workshop, acme).problem == "The store points to another address for the rest."


def test_a_store_that_was_removed_is_asked_no_more(
    workshop: Workshop, acme: SmallOrganisation, lrs: FakeStore, store_id: int
) -> None:
    with workshop.database.writing(acme.id) as session:
        remove_store(session, acme.actor["hr"], store_id, now=workshop.clock.now())
    work_off(workshop, KINDS)
    assert lrs.asked == []
    with workshop.database.reading(acme.id) as session:
        assert [job.state for job in session.scalars(select(Job))] == [JobState.DONE]


@pytest.mark.parametrize(
    ("address", "trusted", "problem"),
    [
        ("http://127.0.0.1:1/xapi", frozenset(), "A record store is asked over https only."),
        ("file:///etc/passwd", HERE, "Give an address such as https://lrs.example.org/xapi."),
        ("https://127.0.0.1:1/xapi", frozenset(), "This host lies inside the network"),
        ("https://[::1]/xapi", frozenset(), "This host lies inside the network"),
        ("https://[::ffff:127.0.0.1]/xapi", frozenset(), "This host lies inside the network"),
        ("https://10.0.0.1/xapi", frozenset(), "This host lies inside the network"),
        ("https://169.254.169.254/xapi", frozenset(), "This host lies inside the network"),
        ("https://key:word@lrs.example.org/xapi", HERE, "Give an address such as"),
        ("https://lrs.example.org:port/xapi", HERE, "This is not an address."),
        ("http://127.0.0.1:1/xapi", HERE, "The store does not answer"),
    ],
)
def test_nothing_inside_the_network_is_asked_unless_it_was_named(
    address: str, trusted: frozenset[str], problem: str
) -> None:
    store = Store(address=address, username="", secret="", trusted=trusted)
    with pytest.raises(NotAnswered, match=problem):
        list(pages_since(store, None))
