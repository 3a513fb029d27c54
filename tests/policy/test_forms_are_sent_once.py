"""A form that is sent twice, by a second click or a repeated request, stores once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ldtrack.app import create_app
from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.reflection.models import Entry
from ldtrack.ui.forms import fresh_key
from tests.infrastructure.organisation import SmallOrganisation, found
from tests.infrastructure.web import Visitor, signed_in
from tests.policy.callers import Caller
from tests.policy.finding import ROOMS, found_forms
from tests.policy.forms import KEY, FoundForm, honest
from tests.policy.stored import changed, go_back, keep, stored

MAIN_FORMS = {
    "assignments": {"apply", "debrief", "new_posting", "outcome", "place"},
    "coaching": {"agree_milestone", "agreement", "correct_session", "end", "log_session"},
    "courses": {"new_completion", "new_course", "new_offering"},
    "exchange": {"choose_completions", "choose_people"},
    "feedback": {"answer", "close_cycle", "new_cycle", "open_cycle", "pass_on"},
    "pathways": {"enrol", "new_pathway", "new_step", "publish", "waive"},
    "people": {"account", "new_account", "new_person"},
    "reflection": {"entry", "journal", "share"},
    "reviews": {"agree", "ask", "withdraw"},
}
"""Those that must have been tried; whatever else is taken is tried too."""
_NOT_ABOUT_STORING = {
    # Ends the sign-in that the second click would need.
    "people.sign_out",
    # Hands out a file, and each time it does is written down.
    "exchange.people_file",
}
_BESIDE = frozenset({"login_session", "sign_in_attempt"})


@pytest.mark.parametrize("room", sorted(MAIN_FORMS))
def test_a_form_that_is_sent_twice_stores_once_and_is_answered_alike(
    room: str, app: Flask, everybody: list[Caller], database: Database, tmp_path: Path
) -> None:
    forms = found_forms(app, room, everybody)
    kept, wrong, tried = keep(database, tmp_path), [], set()
    for endpoint, (one, form) in _each(forms):
        key = fresh_key()
        first = one.browser.post(form.action, data=_filled(form, key))
        if first.status_code in {200, 204, 303}:
            tried.add(endpoint.removeprefix(f"{room}."))
            once = stored(database, but=_BESIDE)
            second = one.browser.post(form.action, data=_filled(form, key))
            if (first.status_code, first.location) != (second.status_code, second.location):
                wrong.append(f"{endpoint} is answered differently: {second.status_code}")
            wrong += [f"{endpoint}: {t}" for t in changed(once, stored(database, but=_BESIDE))]
        go_back(database, kept)
    assert wrong == []
    assert MAIN_FORMS[room] - tried == set()


def test_no_room_with_forms_is_left_out(app: Flask) -> None:
    with_forms = {
        rule.endpoint.split(".")[0]
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
    }
    assert with_forms == {*MAIN_FORMS, "setup"}
    assert with_forms <= set(ROOMS)


def _each(
    forms: dict[str, list[tuple[Caller, FoundForm]]],
) -> Iterator[tuple[str, tuple[Caller, FoundForm]]]:
    for endpoint, found_there in forms.items():
        if endpoint not in _NOT_ABOUT_STORING:
            for each in found_there:
                yield endpoint, each


def _filled(form: FoundForm, key: str) -> dict[str, Any]:
    return {**honest(form), KEY: key}


@pytest.mark.postgres
def test_two_clicks_at_the_same_moment_store_one_entry(
    postgres_database: Database, clock: SetClock, tmp_path: Path
) -> None:
    with postgres_database.writing() as session:
        acme = found(session, "Acme", clock.now())
    settings = Settings(instance=tmp_path, secret_key="for the tests", rater_key="only")
    app = create_app(settings, database=postgres_database, clock=clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    app.test_client_class = Visitor
    for _ in range(5):
        form = {"body": "Both hands at once.", "prompt": "open", KEY: fresh_key()}
        answers = _at_once(app, postgres_database, acme, form, clock)
        assert answers == [(303, "/journal"), (303, "/journal")]
    with postgres_database.reading(acme.id) as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 5


def _at_once(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    form: dict[str, str],
    clock: SetClock,
) -> list[tuple[int, str | None]]:
    start = Barrier(2)

    def click(browser: FlaskClient) -> tuple[int, str | None]:
        start.wait()
        answer = browser.post("/journal", data=form)
        return answer.status_code, answer.location

    browsers = [signed_in(app, database, acme.actor["leader"], clock.now()) for _ in range(2)]
    with ThreadPoolExecutor(2) as hands:
        return list(hands.map(click, browsers))
