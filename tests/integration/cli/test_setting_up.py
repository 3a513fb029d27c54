"""`ldtrack setup begin`, `role`, `catalogue`, `framework split|publish`: files in, lists out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldtrack.core.errors import RuleBroken
from tests.integration.cli.conftest import Run

ROLES = """role,competency,level,critical
Head of Operations; Specialist,Coaching others,Advanced,yes
Head of Operations,strategic-thinking,3,
"""
COURSES = """code,title,format,hours,develops,owner,cost,currency
LC-1,Change,workshop,8,Coaching others (3); strategic-thinking (Basic),Amara Okafor,250.50,eur
FIN-2,Reading accounts,,,,,,
"""


def test_an_installation_begins_by_command_once(run: Run) -> None:
    me = ("--name", "Ida Berg", "--email", "IDA@ferry.example")
    words = (
        "setup",
        "begin",
        "--organisation",
        "Ferry",
        *me,
        "--password",
        "four quiet words here",
    )
    assert isinstance(run(*words, "--framework", "none").exception, RuleBroken)
    assert run(*words, "--time-zone", "Europe/London", "--framework", "eu-lifecomp").stdout == (
        "Ferry is set up; ida@ferry.example can sign in.\n"
    )
    rows = json.loads(run("framework", "list", "--here", "--json").stdout)
    assert [(row["key"], row["state"]) for row in rows] == [("eu-lifecomp", "published")]
    assert str(run(*words).exception) == "There is an organisation already."
    assert run("setup", "link").stdout == ""


@pytest.mark.usefixtures("acme")
def test_what_roles_ask_for_comes_from_a_file_and_goes_out_the_same(
    run: Run, tmp_path: Path
) -> None:
    path, out = tmp_path / "roles.csv", tmp_path / "out.csv"
    path.write_text(ROLES, encoding="utf-8")
    dry = run("role", "import", path, "--dry-run")
    assert dry.stdout == "Would store roles: 1 new, 1 changed, 0 unchanged.\n"
    assert run("role", "import", path).stdout == ("Stored roles: 1 new, 1 changed, 0 unchanged.\n")
    shown = json.loads(run("role", "show", "Head of Operations", "--json").stdout)
    assert [(one["competency"], one["level"], one["critical"]) for one in shown] == [
        ("Coaching others", 4, "yes"),
        ("Strategic thinking", 3, ""),
    ]
    assert [row["role"] for row in json.loads(run("role", "list", "--json").stdout)] == [
        "Head of Operations",
        "Specialist",
    ]
    run("role", "export", out)
    for again in (path, out):
        assert run("role", "import", again).stdout == (
            "Stored roles: 0 new, 0 changed, 2 unchanged.\n"
        )
    assert str(run("role", "show", "Nobody").exception).startswith("No role 'Nobody' is described")


@pytest.mark.usefixtures("acme")
def test_a_role_with_a_bad_line_is_left_out_whole(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "roles.csv"
    path.write_text(
        "role,framework,competency,level,critical\n"
        "Buyer,small,Coaching others,3,\n"
        "Buyer,large,Strategic thinking,3,\n"
        "Planner,,Coaching others,2,perhaps\n"
        "Planner,,Juggling,9,\n"
        "Porter,,Coaching others,9,\n"
        "Porter,,Coaching others,,\n"
        ",,Coaching others,2,\n"
        "Crew,,Coaching others,2,\n",
        encoding="utf-8",
    )
    refused = run("role", "import", path)
    assert refused.exit_code == 1
    assert refused.stderr.splitlines() == [
        "line 3, column framework: There is no published framework “large”: there is small.",
        "line 4, column critical: “perhaps” is neither yes nor no.",
        "line 5, column competency: A small framework has no competency “Juggling”.",
        "line 6, column level: “9” is no level: the scale of A small framework goes from 1 to 5.",
        "line 7, column level: Say which level the role asks for.",
        "line 8, column role: Say which role this is.",
        "Nobody here has the job “Crew” yet.",
    ]
    assert refused.stdout == "Nothing was stored; mend 6 bad lines first.\n"
    skipped = run("role", "import", path, "--skip-bad")
    assert skipped.stdout == (
        "Stored roles: 1 new, 0 changed, 0 unchanged; left out 6 bad lines.\n"
    )


@pytest.mark.usefixtures("acme")
def test_courses_are_known_by_their_code_and_what_a_file_leaves_out_stays(
    run: Run, tmp_path: Path
) -> None:
    path, out = tmp_path / "courses.csv", tmp_path / "out.csv"
    path.write_text(COURSES, encoding="utf-8")
    assert run("catalogue", "import", path, "--dry-run").stdout == (
        "Would store courses: 2 new, 0 changed, 0 unchanged.\n"
    )
    run("catalogue", "import", path)
    path.write_text("code,title\nlc-1,Leading through change\n", encoding="utf-8")
    assert run("catalogue", "import", path).stdout == (
        "Stored courses: 0 new, 1 changed, 0 unchanged.\n"
    )
    rows = json.loads(run("catalogue", "list", "--json").stdout)
    assert [(row["code"], row["title"], row["format"], row["owner"]) for row in rows] == [
        ("LC-1", "Leading through change", "Workshop", "Amara Okafor"),
        ("FIN-2", "Reading accounts", None, ""),
    ]
    assert rows[0]["develops"] == "Coaching others (3); Strategic thinking (2)"
    assert (rows[0]["cost"], rows[0]["currency"]) == (250.5, "EUR")
    run("catalogue", "export", out)
    assert run("catalogue", "import", out).stdout == (
        "Stored courses: 0 new, 0 changed, 2 unchanged.\n"
    )


@pytest.mark.usefixtures("acme")
def test_each_fault_of_a_catalogue_is_named_by_its_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "courses.csv"
    path.write_text(
        "code,title,format,hours,valid_months,develops,owner,cost,currency\n"
        "A,One,lecture,,,,,,\n"
        "a,Two,,,,,,,\n"
        "C,,,,,,,,\n"
        "D,Four,,-1,1.5,,,,\n"
        "E,Five,,,,Coaching others,,,\n"
        "F,Six,,,,Juggling (2); Coaching others (7),,,\n"
        "G,Seven,,,,Coaching others (2); Coaching others (3),,,\n"
        "H,Eight,,,,,nobody@example.org,10,\n"
        "I,Nine,,,,,,,EUR\n",
        encoding="utf-8",
    )
    refused = run("catalogue", "import", path)
    assert refused.stdout == "Nothing was stored; mend 9 bad lines first.\n"
    assert [line.split(": ")[0] for line in refused.stderr.splitlines()] == [
        "line 2, column format",
        "line 3, column code",
        "line 4, column title",
        "line 5, column hours",
        "line 5, column valid_months",
        "line 6, column develops",
        "line 7, column develops",
        "line 7, column develops",
        "line 8, column develops",
        "line 9, column currency",
        "line 9, column owner",
        "line 10, column cost",
    ]


@pytest.mark.usefixtures("acme")
def test_a_competency_is_split_in_the_next_edition_with_all_that_was_said_of_it(
    run: Run,
) -> None:
    parts = ("--into", "Coaching others", "--into", "Listening")
    assert isinstance(run("framework", "split", "small", "Nothing", *parts).exception, RuleBroken)
    done = run("framework", "split", "small", "Coaching others", *parts, "--edition", "2")
    assert done.stdout == "Coaching others is Coaching others and Listening in 2, a draft.\n"
    rows = json.loads(run("framework", "list", "--here", "--json").stdout)
    assert [(row["version"], row["state"], row["competencies"]) for row in rows] == [
        ("1", "published", 3),
        ("2", "draft", 3 + 1),
    ]
    assert rows[1]["indicators"] == rows[0]["indicators"] + 5
    taken = run("framework", "split", "small", "Listening", "--into", "Coaching others", *parts)
    assert str(taken.exception) == (
        "There is a competency “Coaching others” in this edition already."
    )
    one = run("framework", "split", "small", "Listening", "--into", "Hearing")
    assert str(one.exception) == "Give from 2 to 4 names, one for each part."
    assert run("framework", "publish", "small").stdout == "A small framework, 2 is published.\n"
    roles = ("--framework", "small", "--from", "1", "--to", "2")
    proposed = json.loads(run("framework", "crosswalk", "propose", *roles, "--json").stdout)
    assert [(row["before"], row["relation"], row["after"]) for row in proposed[:1]] == [
        ("coaching-others", "split", "coaching-others listening")
    ]
