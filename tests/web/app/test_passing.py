"""When the database cannot take a form, its sender reads why, and sends it again from there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from ldtrack.core.ids import encode
from ldtrack.db.engine import WRITES, engine_for
from ldtrack.db.session import EVERYWHERE, Database
from ldtrack.reflection.models import Entry
from tests.infrastructure.organisation import PASSWORD, SmallOrganisation
from tests.infrastructure.web import Visit

BODY = "Two lines,\nand “quotes” <b>."
KEY = "0123456789abcdef0123456789abcdef"
FORM = {"body": BODY, "prompt": "open", "idempotency_key": KEY}
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """One that has little patience."""
    path = tmp_path / "ldtrack.db"
    shutil.copy(sqlite_template, path)
    engine = engine_for(f"sqlite:///{path}", patience=0.2)
    yield Database(engine)
    engine.dispose()


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody else is storing something all the time."""
    engine = engine_for(str(database.engine.url))
    with engine.execution_options(**{WRITES: True}).begin():
        yield
    engine.dispose()


@contextmanager
def full(database: Database) -> Iterator[None]:
    """There is no room for another page of the file, and no page in it that is free."""
    with database.engine.connect() as connection:
        # Migrations leave free pages behind; outside a transaction they can be given back.
        connection.connection.cursor().execute("VACUUM")
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()

    def limit(connection: object, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]  # the driver's

    event.listen(database.engine, "checkout", limit)
    yield
    event.remove(database.engine, "checkout", limit)
    database.engine.dispose()


def _entries(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Entry.body), execution_options=EVERYWHERE))


def test_a_form_that_met_a_long_write_is_sent_again_from_the_page_that_says_so(
    visit: Visit, acme: SmallOrganisation, database: Database
) -> None:
    leader = visit(acme.actor["leader"])
    with locked(database):
        answer = leader.post("/journal", data=FORM)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "so nothing of this is stored yet." in answer.text
    assert _entries(database) == []

    kept = {name: unescape(value) for name, value in _HIDDEN.findall(answer.text)}
    assert kept == FORM
    for _ in range(2):
        assert leader.post("/journal", data=kept).status_code == 303
    assert _entries(database) == [BODY]


def test_a_form_that_finds_no_room_is_answered_with_a_sentence_and_nothing_is_stored(
    visit: Visit, acme: SmallOrganisation, database: Database
) -> None:
    leader = visit(acme.actor["leader"])
    long = FORM | {"body": "word " * 3_000}
    with full(database):
        answer = leader.post("/journal", data=long)
    assert answer.status_code == 503
    assert "There is no room left to store anything" in answer.text
    assert "word word" in answer.text
    assert _entries(database) == []
    assert leader.post("/journal", data=long).status_code == 303


def test_pages_can_be_read_while_somebody_stores_something_for_long(
    visit: Visit, acme: SmallOrganisation, database: Database
) -> None:
    leader = visit(acme.actor["leader"])
    with locked(database):
        assert leader.get("/journal").status_code == 200


def test_a_page_that_leaves_a_trace_offers_to_be_opened_again(
    visit: Visit, acme: SmallOrganisation, database: Database
) -> None:
    coach, address = visit(acme.actor["coach"]), f"/people/{encode(acme.person['leader'])}/growth"
    with locked(database):
        answer = coach.get(address)
    assert answer.status_code == 503
    assert f'href="/people/{encode(acme.person["leader"])}/growth">Try again</a>' in answer.text


def test_a_password_is_never_put_on_a_page(
    app: Flask, acme: SmallOrganisation, database: Database
) -> None:
    with locked(database):
        answer = app.test_client().post(
            "/sign-in", data={"email": "hana.rossi@example.org", "password": PASSWORD}
        )
    assert answer.status_code == 503
    assert "Open the form again" in answer.text
    assert PASSWORD not in answer.text
