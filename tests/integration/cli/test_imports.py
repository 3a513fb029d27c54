"""`ldtrack people|courses|feedback import`: what is stored, what is said, and the exit code."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from ldtrack.core.clock import SystemClock
from ldtrack.core.errors import RuleBroken
from ldtrack.courses.service import AddCourse, add_course
from ldtrack.db.session import Database
from ldtrack.people.queries import by_external_id
from tests.infrastructure.organisation import SmallOrganisation, found
from tests.integration.cli.conftest import Run

PEOPLE = (
    "external_id,email,first_name,last_name,manager_external_id\n"
    "N1,nia.one@example.org,Nia,One,\n"
    "N2,ned.two@example.org,Ned,Two,N1\n"
)
BAD = PEOPLE + "N3,not an address,Nil,Three,N1\n"


def _sample(name: str) -> Path:
    return Path(str(resources.files("ldtrack.demo").joinpath("samples", name)))


def _new(database: Database, acme: SmallOrganisation) -> set[str]:
    with database.reading(acme.id) as session:
        return set(by_external_id(session, ["N1", "N2", "N3"]))


def test_good_people_are_stored_once(
    run: Run, tmp_path: Path, database: Database, acme: SmallOrganisation
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    assert run("people", "import", path).stdout == (
        "Stored people: 2 new, 0 changed, 0 unchanged.\n"
    )
    assert run("people", "import", path).stdout == (
        "Stored people: 0 new, 0 changed, 2 unchanged.\n"
    )
    assert _new(database, acme) == {"N1", "N2"}


def test_one_bad_line_keeps_all_out_unless_it_may_be_skipped(
    run: Run, tmp_path: Path, database: Database, acme: SmallOrganisation
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(BAD)
    refused = run("people", "import", path)
    assert refused.exit_code == 1
    assert refused.stderr == "line 4, column email: “not an address” is not a mail address.\n"
    assert refused.stdout == "Nothing was stored; mend 1 bad line first.\n"
    assert _new(database, acme) == set()
    skipped = run("people", "import", path, "--skip-bad")
    assert skipped.exit_code == 0
    assert skipped.stdout == "Stored people: 2 new, 0 changed, 0 unchanged; left out 1 bad line.\n"
    assert _new(database, acme) == {"N1", "N2"}


def test_a_dry_run_says_what_would_happen_and_stores_nothing(
    run: Run, tmp_path: Path, database: Database, acme: SmallOrganisation
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    done = run("people", "import", path, "--dry-run")
    sentence, leavers, *_ = done.stdout.splitlines()
    assert (done.exit_code, sentence) == (0, "Would store people: 2 new, 0 changed, 0 unchanged.")
    assert leavers.startswith("Here, and not in the file (")
    assert _new(database, acme) == set()


@pytest.mark.usefixtures("acme")
def test_a_dry_run_tells_by_name_what_would_happen(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "external_id,email,first_name,unit\nE1005,ben.li@example.org,Benedict,Operatoins\n"
    )
    told = run("people", "import", path, "--dry-run").stdout
    assert "  line 2, Ben Li (E1005): first_name: Ben → Benedict; unit: " in told
    assert "Units that would be new:\n  Operatoins – is this “Operations”" in told
    assert "  Amara Okafor (E1004)\n" in told
    found = json.loads(run("people", "import", path, "--dry-run", "--json").stdout)
    assert [one["external_id"] for one in found["changes"]] == ["E1005"]
    assert (found["new_units"], found["stored"]) == (["Operatoins"], False)
    assert found["not_in_file"]["count"] == len(found["not_in_file"]["first"])


@pytest.mark.usefixtures("acme")
def test_a_script_reads_the_outcome_as_json(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(BAD)
    told = json.loads(run("people", "import", path, "--json").stdout)
    assert (told["stored"], told["added"]) == (False, 2)
    assert [(one["line"], one["column"]) for one in told["problems"]] == [(4, "email")]


def test_several_organisations_have_to_be_told_apart(
    run: Run, tmp_path: Path, database: Database, acme: SmallOrganisation
) -> None:
    with database.writing() as session:
        found(session, "Rival", SystemClock().now(), domain="rival.example")
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    asked = run("people", "import", path)
    assert isinstance(asked.exception, RuleBroken)
    assert str(asked.exception) == "Say which with --organisation: 'Acme', 'Rival'."
    assert run("people", "import", path, "--organisation", "Acme").exit_code == 0
    assert _new(database, acme) == {"N1", "N2"}


def test_without_an_organisation_there_is_nowhere_to_store(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    done = run("people", "import", path)
    assert str(done.exception) == "There is no such organisation; set one up first."


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_people_who_were_written_to_a_file_come_in_unchanged(
    run: Run, tmp_path: Path, acme: SmallOrganisation, name: str
) -> None:
    path = tmp_path / name
    assert run("people", "export", path).stdout == f"Wrote the people to {path}.\n"
    n = len(acme.person)
    assert run("people", "import", path).stdout == (
        f"Stored people: 0 new, 0 changed, {n} unchanged.\n"
    )
    assert run("courses", "export", path).exit_code == 0


def test_a_file_that_is_not_there_is_a_mistake_of_usage(run: Run) -> None:
    assert run("people", "import", "nowhere.csv").exit_code == 2


def test_completions_of_totara_are_stored_and_bad_rows_named(
    run: Run, database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        course = AddCourse(code="LC-101", title="Leading Change 101")
        add_course(session, acme.actor["hr"], course, now=SystemClock().now())
    path = _sample("totara_course_completion_upload.csv")
    done = run("courses", "import", path, "--skip-bad")
    assert done.exit_code == 0
    assert "line 4, column completiondate: “15/01/2026” is not a day" in done.stderr
    assert "line 5, column completiondate: There is no day 2026-02-30." in done.stderr
    assert "line 7, column grade: 101.5 is more than the 100 points there are." in done.stderr
    assert done.stdout == (
        "Stored completions: 3 new, 0 changed, 0 unchanged; left out 3 bad lines.\n"
    )


def test_names_that_nobody_knows_wait_and_are_matched_by_command(
    run: Run, database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        course = AddCourse(code="LC-7", title="Leading change")
        add_course(session, acme.actor["hr"], course, now=SystemClock().now())
    done = run("courses", "import", _sample("moodle_completion_report.csv"))
    assert (done.exit_code, done.stdout) == (
        0,
        "Stored completions: 0 new, 0 changed, 0 unchanged, 4 to be matched.\n",
    )
    [course_row, *people] = json.loads(run("courses", "waiting", "--json").stdout)
    assert (course_row["name"], course_row["records"], len(people)) == ("Leading Change 101", 4, 3)
    nowhere = run("courses", "match-course", "Leading Change 101", "--as", "XX-1")
    assert str(nowhere.exception) == "The catalogue has no course with the code 'XX-1'."
    matched = run("courses", "match-course", "Leading Change 101", "--as", "LC-7")
    assert matched.stdout == "4 records matched.\n"
    for row, answer in zip(people, (("--as", "E1006"), ("--none",), ("--none",)), strict=True):
        done = run("courses", "match-person", row["name"], *answer)
        assert done.stdout == "1 record matched.\n"
    assert run("courses", "waiting", "--json").stdout == "[]\n"
    unclear = run("courses", "match-person", "x", "--as", "E1006", "--none")
    assert unclear.exit_code == 2


@pytest.mark.usefixtures("demo_instance")
def test_ratings_of_the_past_are_stored_once_and_ask_for_the_framework(run: Run) -> None:
    words = (
        "feedback",
        "import",
        _sample("ratings_360.csv"),
        "--organisation",
        "Meridian Transport",
    )
    which = run(*words)
    assert str(which.exception).startswith("Say which with --framework: ")
    told = (*words, "--framework", "us-opm-ecq-2006", "--closed-on", "2026-06-30")
    assert run(*told, "--dry-run").stdout == (
        "Would store reports of leaders: 1 new, 0 changed, 0 unchanged.\n"
    )
    assert run(*told).stdout == "Stored reports of leaders: 1 new, 0 changed, 0 unchanged.\n"
    assert run(*told).stdout == "Stored reports of leaders: 0 new, 0 changed, 1 unchanged.\n"
