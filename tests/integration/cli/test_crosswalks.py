"""`ldtrack framework crosswalk`: from one edition to the next without a browser."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import Crossings
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.db.session import Database
from tests.infrastructure.next_edition import second_edition
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.cli.conftest import Run
from tests.integration.growth.evidence import rated

BETWEEN = ("--framework", "small", "--from", "1", "--to", "2")
LINKS = """before,after
coaching-others,coaching-others
strategic-thinking,strategic-thinking
strategic-thinking,choosing
financial-acumen,
,digital-sense
"""


@pytest.fixture
def draft(database: Database, acme: SmallOrganisation) -> int:
    """The second edition, published; the leader has one level on the first."""
    with database.writing(acme.id) as session:
        later = datetime.now(UTC) + timedelta(hours=1)
        rated(session, acme, "strategic-thinking", 3.0, date(2026, 1, 5), later, source_id=1)
        found = second_edition(session, acme)
        service.publish_edition(session, acme.actor["hr"], found, now=later)
        return found


@pytest.mark.usefixtures("draft")
def test_what_is_proposed_is_listed_with_its_reason_and_may_be_accepted(run: Run) -> None:
    rows = json.loads(run("framework", "crosswalk", "propose", *BETWEEN, "--json").stdout)
    assert {"before", "relation", "after", "decided", "reason"} == set(rows[0])
    assert {row["decided"] for row in rows} == {"no"}
    thinking = next(row for row in rows if row["before"] == "strategic-thinking")
    assert (thinking["relation"], thinking["after"]) == ("same", "strategic-thinking")
    done = run("framework", "crosswalk", "propose", *BETWEEN, "--accept", "same", "--json")
    rows = json.loads(done.stdout)
    assert [row["before"] for row in rows if row["decided"] == "yes"] == ["strategic-thinking"]


def test_a_file_decides_the_preview_tells_and_the_edition_comes_into_force(
    run: Run, database: Database, acme: SmallOrganisation, draft: int, tmp_path: Path
) -> None:
    file = tmp_path / "links.csv"
    file.write_text(LINKS)
    refused = run("framework", "crosswalk", "put-in-force", *BETWEEN, "--yes").exception
    assert isinstance(refused, Conflict)
    assert "not decided yet" in str(refused)
    done = run("framework", "crosswalk", "decide", file, *BETWEEN)
    assert done.stdout == "Decided 4 competencies.\n"
    found = run("framework", "crosswalk", "preview", *BETWEEN, "--json")
    (row,) = json.loads(found.stdout)
    assert (row["person"], row["relation"]) == ("Amara Okafor", "split")
    assert row["then"].startswith("Seeing ahead 3.0 (") or row["then"].startswith("Choosing 3.0 (")
    assert found.stderr.endswith("1 person, page 1.\n")
    done = run("framework", "crosswalk", "put-in-force", *BETWEEN, "--yes")
    assert done.stdout == "A small framework, 2 counts for people from today on.\n"
    with database.reading(acme.id) as session:
        assert [walk.after_id for walk in queries.crossings(session).all] == [draft]


@pytest.mark.usefixtures("draft")
def test_each_wrong_line_is_named_and_nothing_is_stored(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_text(
        "before,after\ncoaching-others,no-such\nno-such,choosing\n"
        "financial-acumen,choosing\nfinancial-acumen,\n,choosing\n"
    )
    done = run("framework", "crosswalk", "decide", file, *BETWEEN)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "file, column after: “choosing” is both new and not new.",
        "line 2, column after: The later edition has no competency “no-such”.",
        "line 3, column before: The earlier edition has no competency “no-such”.",
        "line 5, column before: This contradicts or repeats an earlier line.",
    ]
    rows = json.loads(run("framework", "crosswalk", "propose", *BETWEEN, "--json").stdout)
    assert {row["decided"] for row in rows} == {"no"}


@pytest.mark.usefixtures("draft")
def test_an_edition_that_is_not_there_is_answered_with_those_that_are(run: Run) -> None:
    refused = run("framework", "crosswalk", "propose", *BETWEEN[:4], "--to", "9").exception
    assert isinstance(refused, RuleBroken)
    assert str(refused) == "There is no edition '9'; there is '1', '2'."


def test_it_is_taken_out_of_force_with_a_reason(
    run: Run, database: Database, acme: SmallOrganisation, draft: int, tmp_path: Path
) -> None:
    file = tmp_path / "links.csv"
    file.write_text(LINKS)
    run("framework", "crosswalk", "decide", file, *BETWEEN)
    run("framework", "crosswalk", "put-in-force", *BETWEEN, "--yes")
    rows = json.loads(run("framework", "crosswalk", "preview", *BETWEEN, "--json").stdout)
    assert [(row["competency"], row["relation"], row["then"][:22]) for row in rows] == [
        ("Seeing ahead", "split", "Strategic thinking 3.0"),
        ("Choosing", "split", "Strategic thinking 3.0"),
    ]
    out = ("framework", "crosswalk", "take-out-of-force", *BETWEEN, "--yes")
    assert run(*out).exit_code == 2
    done = run(*out, "--reason", "Too early.")
    assert done.stdout.splitlines() == [
        "A small framework, 1 counts for people again.",
        "0 pieces of evidence about 0 people count for 2 alone.",
    ]
    with database.reading(acme.id) as session:
        assert queries.crossings(session) == Crossings()
    assert str(run(*out, "--reason", "Twice.").exception) == "This crosswalk is not in force."
