"""An empty installation becomes one with leaders on a pathway and a second edition, by command."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, Role
from ldtrack.core.clock import SystemClock
from ldtrack.db.session import Database
from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain import Level
from ldtrack.growth.queries import PersonGrowth, growth_of
from ldtrack.pathways.domain import Progress, StepState
from ldtrack.pathways.queries import progress_of_people
from ldtrack.people.queries import by_email, organisations
from tests.integration.cli.conftest import Run

FRAMEWORK = "uk-civil-service-competency-2012"
EDITIONS = ("--framework", FRAMEWORK, "--from", "July 2012", "--to", "2027")
PATHWAY = "First line, first year"
MATCHES = (
    "--match=Staff ID=external_id",
    "--match=Work e-mail=email",
    "--match=Reports to=manager_external_id",
    "--match=Team=unit",
    "--match=Part of=unit_parent",
    "--match=Job title=job_profile",
)
MENDED = {
    ",kerry.burns-at-ferry.example,": ",kerry.burns@ferry.example,",
    "Fatima,Haddad,E200,": "Fatima,Haddad,E2,",
    ",mikel.etxea@ferry.example,,": ",mikel.etxea@ferry.example,Mikel,",
    "E12,vera.ruiz@": "E30,vera.ruiz@",
    ",gita.nair@ferry,": ",gita.nair@ferry.example,",
}
"""What HR corrects in the spreadsheet, fault by fault."""
ALED, MEI = "aled.hughes@ferry.example", "mei.chen@ferry.example"


def sample(name: str) -> Path:
    """One of the files for setting up that come along."""
    return Path(str(resources.files("ldtrack.demo").joinpath("samples", "set_up", name)))


@dataclass(frozen=True)
class Leader:
    """Somebody who looks at their own pages."""

    session: Session
    actor: Actor
    person_id: int
    today: date

    @property
    def progress(self) -> list[Progress]:
        return progress_of_people(self.session, self.actor, [self.person_id], self.today).get(
            self.person_id, []
        )

    @property
    def growth(self) -> PersonGrowth:
        return growth_of(
            self.session, self.actor, self.person_id, job_profile="Team leader", as_of=self.today
        )


@pytest.fixture
def set_up(run: Run, tmp_path: Path) -> Run:
    """The organisation, its framework, people, roles, courses, pathway, rule and completions."""
    spoken = ("--organisation", "Ferry Lines", "--time-zone", "Europe/London")
    me = ("--name", "Ida Berg", "--email", "ida@ferry.example", "--generate")
    _do(run, "setup", "begin", *spoken, *me, "--framework", FRAMEWORK)
    people = sample("people.csv").read_text(encoding="utf-8")
    for wrong, right in MENDED.items():
        assert people.count(wrong) == 1
        people = people.replace(wrong, right)
    mended = tmp_path / "people.csv"
    mended.write_text(people, encoding="utf-8")
    _do(run, "people", "import", mended, *MATCHES)
    _do(run, "role", "import", sample("roles.csv"))
    _do(run, "catalogue", "import", sample("catalogue.csv"))
    _do(run, "pathway", "plan", "import", sample("pathway.csv"))
    _do(run, "pathway", "publish", PATHWAY)
    _do(run, "pathway", "set-rule", PATHWAY, "--unit", "Operations", "--job", "Team leader")
    _do(run, "pathway", "apply-rule", PATHWAY, "--expect", "22")
    _do(run, "courses", "import", sample("moodle_completion_report.csv"))
    _do(run, "courses", "import", sample("moodle_gradebook_export.csv"), "--course", "TALK-1")
    return run


def test_a_bad_spreadsheet_is_named_line_by_line_and_stores_nobody(run: Run) -> None:
    me = ("--name", "Ida Berg", "--email", "ida@ferry.example", "--generate")
    _do(run, "setup", "begin", "--organisation", "Ferry Lines", *me)
    astray = run("people", "import", sample("people.csv"))
    assert astray.exit_code == 1
    assert 'Perhaps: --match "Staff ID=external_id"' in astray.stderr

    refused = run("people", "import", sample("people.csv"), *MATCHES)

    assert refused.exit_code == 1
    assert refused.stderr.splitlines() == [
        "line 10, column Work e-mail: “kerry.burns-at-ferry.example” is not a mail address.",
        "line 16, column Reports to: Nobody has the external id “E200”.",
        "line 22, column First name: There is no first name.",
        "line 31, column Staff ID: “E12” is on line 13 already.",
        "line 42, column Work e-mail: “gita.nair@ferry” is not a mail address.",
    ]
    assert refused.stdout == "Nothing was stored; mend 5 bad lines first.\n"
    left_out = run("people", "import", sample("people.csv"), *MATCHES, "--skip-bad")
    assert left_out.stdout.startswith("Stored people: 55 new")


def test_everything_that_was_set_up_is_listed_and_a_second_run_changes_nothing(set_up: Run) -> None:
    [row] = json.loads(set_up("pathway", "list", "--json").stdout)
    assert (row["pathway"], row["people"]) == (PATHWAY, 22)
    assert row["rule"] == "in Operations or below; whose job is Team leader"
    roles = json.loads(set_up("role", "list", "--json").stdout)
    assert [(one["role"], one["competencies"], one["critical"]) for one in roles] == [
        ("Head of Operations", 3, 1),
        ("Team leader", 3, 1),
    ]
    again = (
        ("role", "import", sample("roles.csv")),
        ("catalogue", "import", sample("catalogue.csv")),
        ("courses", "import", sample("moodle_gradebook_export.csv"), "--course", "TALK-1"),
    )
    assert [set_up(*words).stdout.split(": ")[1][:16] for words in again] == [
        "0 new, 0 changed"
    ] * 3
    assert set_up("pathway", "plan", "import", sample("pathway.csv")).stdout == (
        f"{PATHWAY} is here already; nothing was changed.\n"
    )


def test_leaders_see_their_steps_and_the_evidence_of_their_completions(
    set_up: Run, database: Database
) -> None:
    with database.reading(_organisation(database)) as session:
        [way] = _leader(session, ALED).progress
        states = {each.step.title: each.state for stage in way.stages for each in stage.steps}
        assert len(states) == 9
        assert states["Talking so that people follow"] is StepState.DONE
        assert states["Runs the winter timetable"] is StepState.LOCKED
        [mei] = _leader(session, MEI).progress
        assert {each.state for stage in mei.stages for each in stage.steps} == {
            StepState.OPEN,
            StepState.LOCKED,
        }
        found = {one.competency.name: one for one in _leader(session, ALED).growth.competencies}
        shown = found["Leading and Communicating"]
        assert isinstance(shown.standing, Level)
        assert [each.entry.source_kind for each in shown.trajectory.steps] == [
            SourceKind.COURSE_ASSESSMENT
        ]
    waiting = json.loads(set_up("courses", "waiting", "--json").stdout)
    assert [(one["what"], one["name"]) for one in waiting] == [
        ("course", "Talk so people follow"),
        ("person", "nobody@ferry.example"),
    ]


def test_levels_are_carried_to_both_halves_of_a_competency_that_is_split(
    set_up: Run, database: Database, tmp_path: Path
) -> None:
    with database.reading(_organisation(database)) as session:
        found = {one.competency.name: one for one in _leader(session, ALED).growth.competencies}
        before = found["Leading and Communicating"].standing
        assert isinstance(before, Level)
    parts = ("--into", "Leading people", "--into", "Communicating clearly")
    _do(
        set_up,
        "framework",
        "split",
        FRAMEWORK,
        "Leading and Communicating",
        *parts,
        "--edition=2027",
    )
    refused = set_up("framework", "publish", FRAMEWORK)
    assert refused.exit_code == 1
    assert refused.stderr.count("does not say what it means") == 6
    _say_what_levels_mean(set_up, tmp_path / "edition.csv")
    _do(set_up, "framework", "publish", FRAMEWORK)

    proposed = json.loads(set_up("framework", "crosswalk", "propose", *EDITIONS, "--json").stdout)
    assert [(one["relation"], one["after"]) for one in proposed if one["relation"] != "same"] == [
        ("split", "leading-people communicating-clearly")
    ]
    _do(set_up, "framework", "crosswalk", "propose", *EDITIONS, "--accept", "all")
    preview = json.loads(set_up("framework", "crosswalk", "preview", *EDITIONS, "--json").stdout)
    assert [(one["person"], one["relation"]) for one in preview] == [
        ("Aled Hughes", "split"),
        ("Ben Li", "split"),
    ]
    _do(set_up, "framework", "crosswalk", "put-in-force", *EDITIONS, "--yes")

    with database.reading(_organisation(database)) as session:
        growth = _leader(session, ALED).growth.competencies
    after = {one.competency.name: one for one in growth}
    assert set(after) == {
        "Leading people",
        "Communicating clearly",
        "Building Capability for All",
        "Collaborating and Partnering",
    }
    for name in ("Leading people", "Communicating clearly"):
        standing = after[name].standing
        assert isinstance(standing, Level)
        assert standing.carried
        assert abs(standing.mean - before.mean) < 0.1
        assert (after[name].target, after[name].is_critical) == (3, True)


def _say_what_levels_mean(run: Run, path: Path) -> None:
    export = ("framework", "export", FRAMEWORK, "--version", "2027", "--kind", "csv")
    _do(run, *export, "--out", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if not row["competency"]:
            row["level_meaning"] = f"What people do in grade {row['level']}."
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    _do(run, "framework", "import", path)


def _do(run: Run, *words: Any) -> str:
    done = run(*words)
    assert done.exit_code == 0, (words, done.stdout, done.stderr, done.exception)
    return str(done.stdout)


def _organisation(database: Database) -> int:
    with database.reading() as session:
        [(organisation_id, _)] = organisations(session)
    return organisation_id


def _leader(session: Session, email: str) -> Leader:
    [person_id] = by_email(session, [email]).values()
    [(organisation_id, _)] = organisations(session)
    actor = Actor(
        organisation_id=organisation_id, person_id=person_id, roles=frozenset({Role.LEADER})
    )
    return Leader(session, actor, person_id, SystemClock().today())
