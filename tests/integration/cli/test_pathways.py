"""`ldtrack pathway …`: rules and moves are previewed, and done as they were shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldtrack.core.clock import SystemClock
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import StepKind, WriteRule, WriteStep
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.cli.conftest import Run
from tests.integration.pathways.makers import Made, a_pathway

TITLE = "To lead others"


@pytest.fixture
def made(database: Database, acme: SmallOrganisation) -> Made:
    now = SystemClock().now()
    with database.writing(acme.id) as session:
        found = a_pathway(session, acme, now)
        plan = queries.pathway(session, acme.actor["hr"], found.version_id)
        rule = WriteRule(job_profiles=("Head of Operations",))
        service.write_rule(session, acme.actor["hr"], plan.pathway_id, rule, now=now)
        return found


@pytest.mark.usefixtures("made")
def test_a_rule_is_listed_previewed_and_applied_as_it_was_shown(run: Run, tmp_path: Path) -> None:
    [row] = json.loads(run("pathway", "list", "--json").stdout)
    assert (row["rule"], row["people"]) == ("whose job is Head of Operations", 0)
    looked = json.loads(run("pathway", "preview-rule", TITLE, "--json").stdout)
    assert [(one["what"], one["person"]) for one in looked] == [
        ("comes", "Ben Li"),
        ("comes", "Amara Okafor"),
        ("comes", "Maya Singh"),
    ]
    assert isinstance(run("pathway", "apply-rule", TITLE, "--expect", "2").exception, Conflict)
    done = run("pathway", "apply-rule", TITLE, "--expect", "3")
    assert done.stdout == "3 people are enrolled.\n"
    path = tmp_path / "enrolments.csv"
    run("pathway", "export", path)
    assert path.read_text(encoding="utf-8-sig").count(TITLE) == 3
    nothing = run("pathway", "preview-rule", "Nowhere")
    assert str(nothing.exception).startswith("There is no one pathway 'Nowhere'; there is")


def test_people_are_moved_to_a_later_version_after_a_preview(
    run: Run, database: Database, acme: SmallOrganisation, made: Made
) -> None:
    hr = acme.actor["hr"]
    run("pathway", "apply-rule", TITLE)
    with database.writing(acme.id) as session:
        draft = service.start_new_version(session, hr, made.version_id)
        stage = queries.pathway(session, hr, draft).stages[0]
        more = WriteStep(kind=StepKind.REFLECTION, title="Look back")
        service.add_step(session, hr, stage.id, more)
        service.publish(session, hr, draft)
    looked = json.loads(run("pathway", "preview-move", TITLE, "--json").stdout)
    assert [(one["from"], one["new"]) for one in looked] == [(1, "Look back")] * 3
    moved = run("pathway", "apply-move", TITLE, "--expect", "3")
    assert moved.stdout == "3 people go on with the published version.\n"
    assert json.loads(run("pathway", "preview-move", TITLE, "--json").stdout) == []


def test_a_pathway_is_closed_found_and_opened_again(run: Run, made: Made) -> None:
    assert made.version_id
    said = ("--reason", "Nobody came.", "--learnt", "Ask first.")
    assert isinstance(
        run("pathway", "close", TITLE, "--reason", " ", "--learnt", "x").exception, RuleBroken
    )
    assert run("pathway", "close", TITLE, *said).stdout == f"{TITLE} is closed; 0 people on it.\n"
    [listed] = json.loads(run("pathway", "list", "--json").stdout)
    [row] = json.loads(run("pathway", "closed", "--search", "first", "--json").stdout)
    assert (row["why"], row["learnt"], row["closed"]) == (
        "Nobody came.",
        "Ask first.",
        listed["closed"],
    )
    assert run("pathway", "reopen", TITLE).stdout == f"{TITLE} is open again.\n"
    assert json.loads(run("pathway", "closed", "--json").stdout)[0]["open again"] == row["closed"]


def test_a_draft_is_thrown_away(
    run: Run, database: Database, acme: SmallOrganisation, made: Made
) -> None:
    assert isinstance(run("pathway", "drop-draft", TITLE).exception, RuleBroken)
    with database.writing(acme.id) as session:
        service.start_new_version(session, acme.actor["hr"], made.version_id)
    assert run("pathway", "drop-draft", TITLE).stdout == "The draft is gone.\n"
    [row] = json.loads(run("pathway", "list", "--json").stdout)
    assert row["versions"] == "1:published"
