"""`ldtrack xapi …`: statements from a file, and credentials that are printed once."""

from __future__ import annotations

import json
from pathlib import Path

from ldtrack.core.clock import SystemClock
from ldtrack.courses.queries import completions_of
from ldtrack.courses.service.statements import enter_source
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements_of_others import statement
from tests.integration.cli.conftest import Run
from tests.integration.courses.makers import a_course


def test_statements_are_stored_once_and_what_nobody_understands_is_told(
    run: Run, tmp_path: Path, database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, SystemClock().now())
    path = tmp_path / "statements.json"
    said = [statement(1, "passed"), statement(2, object={"id": "urn:x:1"}), statement(3, "read")]
    path.write_text(json.dumps(said))
    dry = run("xapi", "import", path, "--dry-run")
    assert dry.stdout == "Would store statements: 2 new, 0 changed, 0 unchanged.\n"
    first, second = (run("xapi", "import", path) for _ in range(2))
    assert first.stdout == "Stored statements: 2 new, 0 changed, 0 unchanged.\n"
    assert first.stderr == (
        "Left out: 1 statement says nothing about a completion.\n"
        "1 statement waits until you say what or whom it is about.\n"
    )
    assert second.stdout == "Stored statements: 0 new, 0 changed, 2 unchanged.\n"
    with database.reading(acme.id) as session:
        assert len(completions_of(session, acme.actor["hr"], acme.person["leader"])) == 1


def test_one_bad_statement_keeps_all_out_unless_it_may_be_skipped(
    run: Run, tmp_path: Path, acme: SmallOrganisation
) -> None:
    path = tmp_path / "statements.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (statement(1), statement(2, actor={}))))
    refused = run("xapi", "import", path)
    assert (refused.exit_code, refused.stdout) == (
        1,
        "Nothing was stored; mend 1 bad line first.\n",
    )
    assert run("xapi", "import", path, "--skip-bad").exit_code == 0


def test_credentials_are_printed_once_listed_without_the_secret_and_revoked(
    run: Run, database: Database, acme: SmallOrganisation
) -> None:
    made = json.loads(run("xapi", "allow", "Moodle", "--json").stdout)
    now = SystemClock().now()
    with database.writing() as session:
        entered = enter_source(session, made["key"], made["secret"], now=now)
    assert entered is not None
    listed = run("xapi", "list").stdout
    assert (made["key"] in listed, made["secret"] in listed) == (True, False)
    assert run("xapi", "revoke", made["key"]).stdout == "Moodle may send nothing any more.\n"
    with database.writing() as session:
        assert enter_source(session, made["key"], made["secret"], now=now) is None
