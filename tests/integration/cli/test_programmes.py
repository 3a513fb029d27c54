"""`ldtrack programme`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldtrack.core.clock import SystemClock
from ldtrack.core.errors import RuleBroken
from ldtrack.db.session import Database
from ldtrack.pathways import service
from ldtrack.pathways.domain import WriteStage
from ldtrack.pathways.queries import catalogue, pathway
from tests.infrastructure.organisation import SmallOrganisation, found
from tests.integration.cli.conftest import Run
from tests.integration.pathways.makers import a_pathway

HERE, THERE = ("--organisation", "Acme"), ("--organisation", "Rival")


@pytest.fixture
def rival(database: Database) -> SmallOrganisation:
    with database.writing() as session:
        return found(session, "Rival", SystemClock().now(), domain="rival.example")


@pytest.fixture
def version_id(database: Database, acme: SmallOrganisation, rival: SmallOrganisation) -> int:
    assert rival.id != acme.id
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, SystemClock().now()).version_id


@pytest.mark.usefixtures("version_id")
def test_a_programme_goes_out_and_comes_in_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "programme.json"
    done = run("programme", "export", "To lead others", "--out", path, *HERE)
    assert (done.exit_code, done.stdout) == (0, "")
    done = run("programme", "import", path, "--dry-run", *THERE)
    assert done.stdout == "Would bring in To lead others, edition 1, 5 steps.\n"
    assert "Leading change (LC-101): comes along." in done.stderr
    done = run("programme", "import", path, *THERE)
    assert done.stdout == "Brought in To lead others, edition 1, 5 steps as a draft.\n"
    done = run("programme", "import", path, *THERE)
    assert done.stdout == "To lead others is here already; nothing was changed.\n"


@pytest.mark.usefixtures("version_id")
def test_where_both_sides_changed_the_same_somebody_says_what_holds(
    run: Run,
    tmp_path: Path,
    database: Database,
    rival: SmallOrganisation,
) -> None:
    path = tmp_path / "programme.json"
    run("programme", "export", "To lead others", "--out", path, *HERE)
    run("programme", "import", path, *THERE)
    content = json.loads(path.read_text())
    [stage] = [item for item in content["items"] if item["title"] == "Foundations"]
    stage["title"], content["edition"] = "Grounds", 2
    path.write_text(json.dumps(content))
    hr = rival.actor["hr"]
    with database.writing(rival.id) as session:
        [row] = [one for one in catalogue(session, hr) if one.title == "To lead others"]
        plan = pathway(session, hr, row.versions[0].id)
        service.change_stage(session, hr, plan.stages[0].id, WriteStage(title="Basics"))
    done = run("programme", "import", path, *THERE)
    assert done.exit_code == 1
    assert "Stage “Basics”, title: changed on both sides." in done.stderr
    assert "  here:  Basics\n  there: Grounds" in done.stderr
    assert isinstance(done.exception, RuleBroken)
    assert done.exception.message == "Say what holds in 1 line that changed on both sides."
    done = run("programme", "import", path, "--take", "there", *THERE)
    assert done.exit_code == 0
    with database.reading(rival.id) as session:
        assert pathway(session, hr, plan.version_id).stages[0].title == "Grounds"


@pytest.mark.usefixtures("version_id")
def test_what_is_not_there_and_what_is_no_programme_is_said_plainly(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "broken.json"
    path.write_text("{")
    done = run("programme", "import", path, *THERE)
    assert done.exit_code == 1
    assert done.stderr.startswith("line 1: This is not JSON")
    assert run("programme", "import", "nowhere.json", *THERE).exit_code == 2
    done = run("programme", "export", "Nothing", *HERE)
    assert isinstance(done.exception, RuleBroken)
    assert done.exception.message == "There is no pathway 'Nothing' with a published version."
