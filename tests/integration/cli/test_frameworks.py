"""`ldtrack framework`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.shipped import shipped_file
from tests.integration.cli.conftest import Run

LIFECOMP = "eu-lifecomp"


def test_the_list_names_what_comes_along_and_needs_no_organisation(run: Run) -> None:
    rows = json.loads(run("framework", "list", "--json").stdout)
    assert len(rows) == 10
    assert {"key", "title", "version", "competencies", "indicators", "licence"} == set(rows[0])
    assert LIFECOMP in run("framework", "list").stdout


@pytest.mark.usefixtures("acme")
def test_one_that_comes_along_is_brought_in_by_its_key_once(run: Run) -> None:
    first, again = run("framework", "import", LIFECOMP), run("framework", "import", LIFECOMP)
    assert [first.exit_code, again.exit_code] == [0, 0]
    assert first.stdout.startswith("Brought in LifeComp")
    assert again.stdout.endswith("is here already; nothing was changed.\n")
    rows = json.loads(run("framework", "list", "--here", "--json").stdout)
    assert {row["key"]: row["competencies"] for row in rows} == {"small": 3, LIFECOMP: 9}


@pytest.mark.usefixtures("acme")
def test_a_dry_run_stores_nothing(run: Run) -> None:
    done = run("framework", "import", LIFECOMP, "--dry-run")
    assert (done.exit_code, done.stdout[:14]) == (0, "Would bring in")
    rows = json.loads(run("framework", "list", "--here", "--json").stdout)
    assert [row["key"] for row in rows] == ["small"]


@pytest.mark.usefixtures("acme")
def test_a_file_is_brought_in_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(shipped_file(LIFECOMP))
    assert run("framework", "import", path).stdout.startswith("Brought in LifeComp")


@pytest.mark.usefixtures("acme")
def test_a_file_that_is_no_framework_is_refused_with_the_reason(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text("{")
    done = run("framework", "import", path)
    assert done.exit_code == 1
    assert done.stderr.startswith("line 1: This is not JSON")


def test_a_file_that_is_not_there_is_a_mistake_of_usage(run: Run) -> None:
    assert run("framework", "import", "nowhere.json").exit_code == 2


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("kind", ["case", "csv", "json", "moodle"])
def test_what_is_taken_out_is_here_already_when_it_comes_in_again(
    run: Run, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "small"
    assert run("framework", "export", "small", "--kind", kind, "--out", path).exit_code == 0
    assert run("framework", "export", "small", "--kind", kind).stdout_bytes == path.read_bytes()
    again = run("framework", "import", path)
    assert again.stdout.endswith("is here already; nothing was changed.\n")
    assert isinstance(run("framework", "export", "nothing").exception, RuleBroken)


@pytest.mark.usefixtures("acme")
def test_a_table_comes_in_under_its_title_and_says_what_is_missing(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "levels.csv"
    path.write_text("Competency,Begins,Does\nListening,Waits,Asks\n", encoding="utf-8")
    assert run("framework", "import", path).exit_code == 1
    done = run("framework", "import", path, "--title", "How we lead")
    assert done.stdout == "Brought in How we lead, 1: 1 competency, as a draft.\n"
    assert "Missing: Listening does not say what it means." in done.stderr
    changed = path.read_text(encoding="utf-8").replace("Waits", "Lets others finish")
    path.write_text(changed, encoding="utf-8")
    dry = run("framework", "import", path, "--title", "How we lead", "--dry-run")
    assert dry.stdout.endswith(": 1 competency, over the draft that was there.\n")
