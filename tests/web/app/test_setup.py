"""From an empty installation to an organisation with a framework."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from ldtrack.app.setup import CODE
from ldtrack.competencies.models import Competency
from ldtrack.config.secret import secret_in
from ldtrack.db.session import EVERYWHERE, Database
from ldtrack.people.models import Organisation
from tests.infrastructure.organisation import SmallOrganisation


def _typed(app: Flask, **other: str) -> dict[str, Any]:
    return {
        "code": secret_in(Path(app.instance_path), CODE),
        "organisation": "Harbour Trust",
        "time_zone": "Europe/London",
        "first_name": "Noor",
        "last_name": "Haddad",
        "email": "noor@harbour.example",
        "password": "eleven green boats",
        "framework": "us-opm-ecq-2006",
    } | other


def test_every_page_of_an_empty_installation_leads_to_the_setup_page(app: Flask) -> None:
    assert app.test_client().get("/").location == "/setup"


def test_the_setup_page_makes_the_organisation_its_account_and_the_framework(
    app: Flask, sqlite_database: Database
) -> None:
    client = app.test_client()
    answer = client.post("/setup", data=_typed(app))
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account").status_code == 200
    with sqlite_database.reading() as session:
        counted = select(func.count()).select_from(Competency)
        assert session.scalar(counted, execution_options=EVERYWHERE) == 28


def test_whoever_has_a_file_of_their_own_is_led_to_where_it_comes_in(app: Flask) -> None:
    answer = app.test_client().post("/setup", data=_typed(app, framework="file"))
    assert (answer.status_code, answer.location) == (303, "/bring-in/frameworks")


def test_without_the_code_nothing_is_set_up(app: Flask, sqlite_database: Database) -> None:
    answer = app.test_client().post("/setup", data=_typed(app, code="guessed"))
    assert answer.status_code == 422
    assert "That is not the setup code of this installation." in answer.text
    assert "Harbour Trust" in answer.text
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_a_weak_password_is_refused_and_everything_else_is_kept(app: Flask) -> None:
    answer = app.test_client().post("/setup", data=_typed(app, password="short"))
    assert answer.status_code == 422
    assert "Use at least 12 characters" in answer.text
    assert 'value="Noor"' in answer.text


def test_an_installation_is_set_up_once(app: Flask, acme: SmallOrganisation) -> None:
    assert app.test_client().get("/setup").status_code == 404
    assert app.test_client().post("/setup", data=_typed(app)).status_code == 404
