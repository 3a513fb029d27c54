"""`ldtrack demo`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldtrack.core.errors import RuleBroken
from tests.integration.cli.conftest import Run


def test_there_is_nobody_to_sign_in_as_before_the_demo_is_loaded(run: Run) -> None:
    done = run("demo", "accounts")
    assert done.exit_code == 1
    assert isinstance(done.exception, RuleBroken)
    assert str(done.exception) == "The demo is not loaded; run `ldtrack demo load`."


@pytest.mark.usefixtures("demo_instance")
@pytest.mark.parametrize(
    "words",
    [("demo", "load"), ("demo", "load", "--scale", "2"), ("demo", "--scale", "2"), ("demo",)],
)
def test_loading_again_by_any_spelling_says_that_it_is_here(
    run: Run, words: tuple[str, ...]
) -> None:
    done = run(*words)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "Meridian Transport is here already; nothing is changed.",
        "Alder College is here already; nothing is changed.",
    ]


@pytest.mark.usefixtures("demo_instance")
def test_accounts_as_json_have_a_sign_in_for_each_role_of_each_organisation(run: Run) -> None:
    rows = json.loads(run("demo", "accounts", "--json").stdout)
    assert [(row["organisation"], row["role"]) for row in rows] == [
        (organisation, role)
        for organisation in ("Meridian Transport", "Alder College")
        for role in ("hr", "coach", "leader", "sponsor", "administrator")
    ]
    assert {"name", "email", "password"} <= set(rows[0])
    assert rows[2]["email"] == "amara.okafor@example.org"


@pytest.mark.usefixtures("demo_instance")
def test_accounts_for_a_person_are_a_table(run: Run) -> None:
    lines = run("demo", "accounts").stdout.splitlines()
    assert lines[0].split() == ["organisation", "role", "name", "email", "password"]
    assert len(lines) == 1 + 2 * 5


@pytest.mark.parametrize("scale", ["0", "-1", "many"])
def test_a_scale_that_makes_no_sense_is_a_mistake_of_usage(run: Run, scale: str) -> None:
    assert run("demo", "load", "--scale", scale).exit_code == 2


def test_without_tables_it_says_what_to_run(run: Run, instance: Path) -> None:
    (instance / "ldtrack.db").unlink()
    done = run("demo", "load")
    assert done.exit_code == 1
    assert str(done.exception) == "There are no tables yet. Run `ldtrack db upgrade` first."
