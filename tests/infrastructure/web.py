"""The application and visitors for tests of pages; every page a visitor opens is looked over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ldtrack.access.domain import Actor
from ldtrack.app import connect, create_app
from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.people.service import sign_in
from tests.infrastructure.lint import problems_of

Visit = Callable[[Actor], "Visitor"]


class Visitor(FlaskClient):
    """A browser without script that refuses pages with faults and fills in forms' hidden fields."""

    looks_closely = True

    def open(self, *args: Any, **kwargs: Any) -> Any:
        answer = super().open(*args, **kwargs)
        if self.looks_closely and answer.mimetype == "text/html" and not answer.is_streamed:
            found = problems_of(answer.get_data(as_text=True))
            assert found == [], f"{args or kwargs}: {found}"
        return answer

    def submit(self, address: str, data: dict[str, Any], *, follow: bool = True) -> Any:
        """Open the page, then send its form with these fields."""
        page = self.get(address)
        assert page.status_code == 200, (address, page.status_code)
        return self.post(address, data=data, follow_redirects=follow)


class HurriedVisitor(Visitor):
    """One who comes by the thousand and cannot look over every page."""

    looks_closely = False


@pytest.fixture(scope="session")
def kept_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application as it is deployed; made once, because that takes longer than most tests."""
    made = create_app(
        _settings(tmp_path_factory.mktemp("app")), database=Database(engine_for("sqlite://"))
    )
    made.test_client_class = Visitor
    return made


@pytest.fixture
def app(
    kept_app: Flask, sqlite_database: Database, clock: SetClock, tmp_path: Path
) -> Iterator[Flask]:
    """The application on the database of the test, but with CSRF tokens not asked for."""
    connect(kept_app, _settings(tmp_path), sqlite_database, clock)
    kept_app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    views = dict(kept_app.view_functions)
    yield kept_app
    kept_app.view_functions.update(views)


def _settings(instance: Path) -> Settings:
    return Settings(
        instance=instance, secret_key="for the tests only", rater_key="for the tests too"
    )


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """Pages are tested on SQLite; what they stand on is tested on both."""
    return sqlite_database


@pytest.fixture
def visit(app: Flask, database: Database, clock: SetClock) -> Visit:
    """A signed-in visitor: `visit(acme.actor["hr"]).get("/")`."""

    def enter(actor: Actor) -> Visitor:
        return signed_in(app, database, actor, clock.now())

    return enter


def signed_in(app: Flask, database: Database, actor: Actor, now: datetime) -> Visitor:
    """A browser with a sign-in of its own."""
    with database.writing(actor.organisation_id) as session:
        token = sign_in.begin(
            session, account_id=actor.account_id or 0, now=now, lasts=timedelta(days=1)
        )
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    with visitor.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return visitor
