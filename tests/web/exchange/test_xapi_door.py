"""The door for statements of other systems: credentials, answers, limits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text, update
from werkzeug.datastructures import Authorization
from werkzeug.test import TestResponse

from ldtrack.core.clock import SetClock
from ldtrack.courses import queries
from ldtrack.courses.models import StatementSource
from ldtrack.courses.service.statements import MadeSource, make_source, revoke_source
from ldtrack.courses.service.statements.sources import MOST_A_MINUTE
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements_of_others import statement
from tests.integration.courses.makers import a_course


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> MadeSource:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        return make_source(session, acme.actor["hr"], "Moodle", now=clock.now())


def send(
    app: Flask,
    made: MadeSource | None,
    said: Any,
    *,
    method: str = "POST",
    query: str = "",
    version: str | None = "1.0.3",
    raw: bytes | None = None,
) -> TestResponse:
    headers = {} if version is None else {"X-Experience-API-Version": version}
    auth = Authorization("basic", {"username": made.key, "password": made.secret}) if made else None
    return app.test_client().open(
        f"/xapi/statements{query}",
        method=method,
        data=json.dumps(said).encode() if raw is None else raw,
        content_type="application/json",
        headers=headers,
        auth=auth,
    )


def n_completions(database: Database, acme: SmallOrganisation) -> int:
    with database.reading(acme.id) as session:
        return len(queries.completions_of(session, acme.actor["hr"], acme.person["leader"]))


def test_a_statement_is_taken_and_its_id_returned(
    app: Flask, database: Database, acme: SmallOrganisation, made: MadeSource
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answers = [send(app, made, statement(1)) for _ in range(2)]
    for answer in answers:
        assert (answer.status_code, answer.json) == (200, [statement(1)["id"]])
        assert answer.headers["X-Experience-API-Version"] == "1.0.3"
    assert n_completions(database, acme) == 1


def test_a_list_is_taken_whole_or_not_at_all(
    app: Flask, database: Database, acme: SmallOrganisation, made: MadeSource
) -> None:
    wrong = send(app, made, [statement(1), statement(2, actor={})])
    assert wrong.status_code == 400
    assert wrong.json == {
        "status": 400,
        "title": "Line 2, actor: An actor needs exactly one of "
        "mbox, mbox_sha1sum, openid, account.",
    }
    assert n_completions(database, acme) == 0
    right = send(app, made, [statement(1), statement(2, "experienced")], version="2.0.0")
    assert right.json == [statement(1)["id"], statement(2)["id"]]
    assert right.headers["X-Experience-API-Version"] == "2.0.0"


def test_a_statement_is_put_under_its_id(app: Flask, made: MadeSource) -> None:
    one = statement(1)
    query = f"?statementId={one['id']}"
    nameless = {name: part for name, part in one.items() if name != "id"}
    put = [
        send(app, made, said, method="PUT", query=at).status_code
        for said, at in (
            (one, query),
            (nameless, query),
            (statement(1, "passed"), query),
            (statement(2), query),
            (one, ""),
            ([one], query),
        )
    ]
    assert put == [204, 204, 409, 400, 400, 400]


def test_another_statement_under_a_known_id_is_a_conflict(app: Flask, made: MadeSource) -> None:
    send(app, made, statement(1))
    assert send(app, made, [statement(2), statement(1, "failed")]).status_code == 409
    assert send(app, made, [statement(3), statement(3)]).status_code == 400


@pytest.mark.parametrize("version", [None, "", "0.9", "3.0.0"])
def test_a_version_that_is_not_spoken_is_refused(
    app: Flask, made: MadeSource, version: str | None
) -> None:
    answer = send(app, made, statement(1), version=version)
    assert (answer.status_code, answer.headers["X-Experience-API-Version"]) == (400, "1.0.3")


@pytest.mark.parametrize("raw", [b"", b"{", b"[" * 100_000, b"\xff", b"7", b'["x"]'])
def test_what_is_no_statement_is_refused(app: Flask, made: MadeSource, raw: bytes) -> None:
    assert send(app, made, None, raw=raw).status_code == 400


def test_without_valid_credentials_nothing_is_taken(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    made: MadeSource,
    clock: SetClock,
) -> None:
    guessed = MadeSource(id=1, key=made.key, secret="guessed")
    unknown = MadeSource(id=1, key="ld-0", secret=made.secret)
    for one in (None, guessed, unknown):
        answer = send(app, one, statement(1))
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")
    with database.writing(acme.id) as session:
        revoke_source(session, acme.actor["hr"], made.id, now=clock.now())
    assert send(app, made, statement(1)).status_code == 401
    assert n_completions(database, acme) == 0


def test_a_source_speaks_for_its_own_organisation_alone(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: MadeSource,
    clock: SetClock,
) -> None:
    with database.writing(rival.id) as session:
        a_course(session, rival, clock.now())
        theirs = make_source(session, rival.actor["hr"], "Moodle", now=clock.now())
    assert send(app, theirs, statement(1)).status_code == 200
    assert n_completions(database, acme) == 0
    of_ours = statement(2, actor={"mbox": "mailto:amara.okafor@rival.example"})
    assert send(app, made, of_ours).status_code == 200
    with database.reading(rival.id) as session:
        hr, leader = rival.actor["hr"], rival.person["leader"]
        assert queries.completions_of(session, hr, leader) == []


def test_too_much_at_once_and_too_often_are_refused(
    app: Flask, database: Database, made: MadeSource, clock: SetClock
) -> None:
    assert send(app, made, [statement(n) for n in range(1, 1_002)]).status_code == 413
    assert send(app, made, None, raw=b" " * 2_000_001).status_code == 413
    with database.engine.begin() as connection:
        connection.execute(
            update(StatementSource).values(window_began_at=clock.now(), window_count=MOST_A_MINUTE)
        )
    answer = send(app, made, statement(1))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


def test_what_is_spoken_here_is_told_to_everybody(app: Flask, made: MadeSource) -> None:
    answer = app.test_client().get("/xapi/about")
    assert (answer.status_code, answer.json) == (200, {"version": ["1.0.3", "2.0.0"]})
    assert app.test_client().get("/xapi/statements").status_code == 405


def test_the_secret_is_kept_nowhere(database: Database, made: MadeSource) -> None:
    with database.engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM statement_source")).all()
    assert made.secret not in repr(rows)
