"""Raters, their pages and the close at one moment, on PostgreSQL with a connection for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import Connection, func, select, text
from werkzeug.test import TestResponse

from ldtrack.app import connect
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback.domain.keys import response_id
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.models import Answer, Comment, Invitation, Response, Subject
from tests.infrastructure.feedback import RATER_KEY, RunningCycle
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, _settings

pytestmark = pytest.mark.postgres

RATERS = ("peer_1", "peer_2", "peer_3", "peer_4", "report_1", "report_2", "report_3", "manager")
Send = Callable[[], TestResponse]


@pytest.fixture
def database(postgres_database: Database) -> Database:
    return postgres_database


@pytest.fixture
def app(kept_app: Flask, database: Database, clock: SetClock, tmp_path: Path) -> Flask:
    connect(kept_app, _settings(tmp_path), database, clock)
    kept_app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return kept_app


def _post(app: Flask, path: str, data: dict[str, str]) -> TestResponse:
    return app.test_client().post(path, data=data)


def _scores(running: RunningCycle, score: int) -> list[dict[str, str]]:
    return [{f"i_{encode(item.id)}": str(score)} for item in running.form.items]


def _fill_in(app: Flask, running: RunningCycle, word: str) -> None:
    for number, typed in enumerate(_scores(running, 4), start=1):
        assert _post(app, f"/r/{word}/{number}", typed).status_code == 303
    words = {"q_keep": f"Written by {word}"}
    assert _post(app, f"/r/{word}/{len(running.form.items) + 1}", words).status_code == 303


def _wait_for(database: Database, n: int) -> None:
    """Until so many connections wait for a lock that another holds."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    until = monotonic() + 20
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.execute(waiting).scalar_one() < n:
            assert monotonic() < until
            sleep(0.02)


@contextmanager
def _held(database: Database, statement: str, **values: object) -> Iterator[Connection]:
    """Whatever the statement locks stays locked inside; nothing of it is kept."""
    with database.engine.connect() as connection:
        connection.execute(text(statement), values)
        yield connection
        connection.rollback()


def _place(database: Database, acme: SmallOrganisation, running: RunningCycle, who: str) -> int:
    with database.reading(acme.id) as session:
        key = session.get_one(Subject, running.subject_id).key or b""
    return response_id(RATER_KEY, key, running.invitation[who])


def _stored(database: Database, acme: SmallOrganisation) -> list[int | None]:
    with database.reading(acme.id) as session:
        return list(session.scalars(select(Answer.score)))


def test_whoever_sends_while_it_closes_is_thanked_and_counts_or_is_told_and_leaves_nothing(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    for rater in RATERS:
        _fill_in(app, running, words[rater])
    hr, start = visit(acme.actor["hr"]), Barrier(len(RATERS) + 1)

    def send(rater: str) -> TestResponse:
        start.wait()
        return _post(app, f"/r/{words[rater]}/review", {})

    def close() -> TestResponse:
        start.wait()
        return hr.post(f"/feedback/cycles/{encode(running.id)}/close")

    with ThreadPoolExecutor(len(RATERS) + 1) as people:
        sending = {rater: people.submit(send, rater) for rater in RATERS}
        closing = people.submit(close)
    assert closing.result().status_code == 303
    answers = {rater: one.result() for rater, one in sending.items()}
    assert {answer.status_code for answer in answers.values()} <= {303, 404}
    in_time = {rater for rater, answer in answers.items() if answer.status_code == 303}
    late = [answer.text for answer in answers.values() if answer.status_code == 404]
    assert all("could not be kept" in page for page in late)
    ids = {running.invitation[rater]: rater for rater in RATERS}
    with database.reading(acme.id) as session:
        answered = session.scalars(select(Invitation.id).where(Invitation.answered))
        assert {ids[id_] for id_ in answered} == in_time
        states = session.scalars(select(Response.state)).all()
        assert states == [ResponseState.SENT] * len(in_time)
        for rows in (Answer, Comment):
            counted = select(func.count()).select_from(rows).group_by(rows.response_id)
            whole = len(running.form.items) if rows is Answer else 1
            assert session.scalars(counted).all() == [whole] * len(in_time)
        assert set(session.scalars(select(Response.turn))) <= {0}


def test_the_close_waits_for_somebody_who_is_sending(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    _fill_in(app, running, words["peer_1"])
    hr, place = visit(acme.actor["hr"]), _place(database, acme, running, "peer_1")
    with ThreadPoolExecutor() as people:
        # The rater is held up after it was seen that the questionnaire is open.
        with _held(database, "SELECT 1 FROM response WHERE id = :id FOR UPDATE", id=place):
            sending = people.submit(_post, app, f"/r/{words['peer_1']}/review", {})
            _wait_for(database, 1)
            closing = people.submit(hr.post, f"/feedback/cycles/{encode(running.id)}/close")
            _wait_for(database, 2)
            assert not closing.done()
        assert sending.result().location == f"/r/{words['peer_1']}/thanks"
        assert closing.result().status_code == 303
    with database.reading(acme.id) as session:
        answered = session.scalars(select(Invitation.id).where(Invitation.answered)).all()
        assert answered == [running.invitation["peer_1"]]
    assert len(_stored(database, acme)) == len(running.form.items)


def test_who_sends_while_the_close_is_under_way_is_told_and_nothing_of_it_is_stored(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    typed = {"q_keep": "Typed at the last moment"}
    with ThreadPoolExecutor() as people:
        with database.engine.connect() as closing:
            closing.execute(
                text("UPDATE subject SET state = 'closed', key = NULL, closed_on = closes_on")
            )
            late = people.submit(_post, app, f"/r/{words['peer_1']}/4", typed)
            _wait_for(database, 1)
            closing.commit()
        answer = late.result()
    assert answer.status_code == 404
    assert "could not be kept" in answer.text
    assert "Typed at the last moment" in answer.text
    with database.reading(acme.id) as session:
        assert session.scalars(select(Response.id)).all() == []


def _screen(app: Flask, word: str) -> str:
    """Where the first screen, as it is now, saves itself."""
    page = app.test_client().get(f"/r/{word}/1").text
    found = re.search(r'data-autosave-url="([^"]+)"', page)
    assert found is not None
    return found.group(1).replace("&amp;", "&")


@pytest.mark.parametrize("first", ["the page", "the rater"])
@pytest.mark.parametrize("begun", [True, False])
def test_of_a_save_by_the_page_and_what_the_rater_sends_at_once_the_rater_has_the_last_word(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
    first: str,
    begun: bool,
) -> None:
    word, [older, newer] = words["peer_1"], [_scores(running, score)[0] for score in (1, 5)]
    if begun:
        _post(app, f"/r/{word}/1", _scores(running, 3)[0])
    saves_itself, place = _screen(app, word), _place(database, acme, running, "peer_1")
    values = {"id": place, "org": acme.id, "subject": running.subject_id}
    # Where there is nothing yet, somebody begins the same row and thinks better of it.
    lock = (
        "SELECT 1 FROM response WHERE id = :id FOR UPDATE"
        if begun
        else "INSERT INTO response (id, organisation_id, subject_id, group_key, state, turn) "
        "VALUES (:id, :org, :subject, 'peer', 'draft', 0)"
    )
    sends: dict[str, Send] = {
        "the page": lambda: _post(app, saves_itself, older),
        "the rater": lambda: _post(app, f"/r/{word}/1", newer),
    }
    second = next(name for name in sends if name != first)
    with ThreadPoolExecutor() as people:
        done: dict[str, Future[TestResponse]] = {}
        with _held(database, lock, **({"id": place} if begun else values)):
            for n, name in enumerate((first, second), start=1):
                done[name] = people.submit(sends[name])
                _wait_for(database, n)
    assert done["the rater"].result().status_code == 303
    assert done["the page"].result().status_code in (200, 422)
    assert _stored(database, acme) == [5]
