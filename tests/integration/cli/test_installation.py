"""`ldtrack user` and `ldtrack config`."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from ldtrack.core.clock import SystemClock
from ldtrack.core.errors import RuleBroken
from ldtrack.db.session import Database
from ldtrack.people.queries import by_email
from ldtrack.people.service.sign_in import sign_in
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.cli.conftest import Run

NEW = ("user", "create", "--name", "Nia Okoro", "--email", "Nia.Okoro@example.org")


def _signs_in(database: Database, email: str, password: str) -> bool:
    with database.writing() as session:
        now = SystemClock().now()
        return bool(
            sign_in(session, email=email, password=password, now=now, lasts=timedelta(days=1))
        )


def test_a_made_up_password_is_printed_and_works(
    run: Run, database: Database, acme: SmallOrganisation
) -> None:
    told = json.loads(run(*NEW, "--role", "hr", "--role", "coach", "--generate", "--json").stdout)
    assert told["email"] == "nia.okoro@example.org"
    assert told["roles"] == ["coach", "hr"]
    assert _signs_in(database, told["email"], told["password"])


def test_a_password_is_asked_for_twice_and_not_shown(
    run: Run, database: Database, acme: SmallOrganisation
) -> None:
    word = "a boat on the river"
    done = run(*NEW, "--role", "hr", typed=f"{word}\n{word}\n")
    assert (done.exit_code, done.stdout) == (0, "nia.okoro@example.org can sign in now.\n")
    assert word not in done.output
    assert _signs_in(database, "nia.okoro@example.org", word)


def test_whoever_has_the_address_already_is_that_person(
    run: Run, database: Database, acme: SmallOrganisation
) -> None:
    done = run(
        "user", "create", "--name", "P", "--email", "petra.kline@example.org", "--role", "leader",
        "--password", "a boat on the river",
    )  # fmt: skip
    assert done.exit_code == 0
    with database.reading(acme.id) as session:
        known = by_email(session, ["petra.kline@example.org"])
    assert known == {"petra.kline@example.org": acme.person["peer_1"]}


@pytest.mark.usefixtures("acme")
def test_a_password_that_is_too_short_is_refused(run: Run) -> None:
    done = run(*NEW, "--role", "hr", "--password", "short")
    assert done.exit_code == 1
    assert isinstance(done.exception, RuleBroken)
    assert done.exception.field == "password"


@pytest.mark.usefixtures("acme")
def test_an_address_signs_in_once(run: Run) -> None:
    words = (*NEW, "--role", "hr", "--generate")
    assert run(*words).exit_code == 0
    assert str(run(*words).exception) == "There is an account with this address already."


@pytest.mark.parametrize("words", [("--role", "king"), ()])
def test_a_role_that_is_missing_or_unknown_is_a_mistake_of_usage(
    run: Run, words: tuple[str, ...]
) -> None:
    assert run(*NEW, *words).exit_code == 2


def _shown(run: Run) -> dict[str, tuple[object, str]]:
    rows = json.loads(run("config", "show", "--json").stdout)
    return {row["setting"]: (row["value"], row["source"]) for row in rows}


def test_settings_are_shown_with_their_source_and_secrets_masked(
    run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (instance / "ldtrack.toml").write_text('session_days = 3\nsecret_key = "hidden in a file"\n')
    monkeypatch.setenv("LDTRACK_BASE_URL", "https://ldtrack.example.org")
    monkeypatch.setenv("LDTRACK_MAIL", "smtp://user:a-word@mail.example.org:587")
    shown = _shown(run)
    assert shown["session_days"] == (3, str(instance / "ldtrack.toml"))
    assert shown["base_url"] == ("https://ldtrack.example.org", "LDTRACK_BASE_URL")
    assert shown["mail"] == ("smtp://user:********@mail.example.org:587", "LDTRACK_MAIL")
    assert shown["secret_key"] == ("********", str(instance / "ldtrack.toml"))
    assert shown["notes_key"] == ("********", str(instance / "notes_key"))
    assert shown["rater_key"] == ("********", str(instance / "rater_key"))
    assert shown["proxies"] == (0, "default")


def test_no_secret_is_printed_in_either_form(run: Run, instance: Path) -> None:
    plain, for_scripts = run("config", "show").stdout, run("config", "show", "--json").stdout
    for name in ("secret_key", "rater_key", "notes_key"):
        secret = (instance / name).read_text().strip()
        assert secret not in plain + for_scripts


def test_somebody_is_deleted_by_address_after_a_question(
    run: Run, database: Database, acme: SmallOrganisation
) -> None:
    done = run("people", "erase", "petra.kline@example.org", typed="n\n")
    assert done.exit_code == 1
    done = run("people", "erase", "petra.kline@example.org", typed="y\n")
    assert done.stdout.endswith("Nothing is kept about them any more.\n")
    with database.reading(acme.id) as session:
        assert by_email(session, ["petra.kline@example.org"]) == {}
    again = run("people", "erase", "petra.kline@example.org", "--yes")
    assert isinstance(again.exception, RuleBroken)
    assert again.exception.message == "There is nobody with this mail address or external id."
