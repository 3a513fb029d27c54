"""`ldtrack pathway plan …`: a pathway from a table and as one, each fault named by its row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.db.session import Database
from ldtrack.pathways import queries
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.cli.conftest import Run
from tests.integration.cli.test_pathways import TITLE, made

__all__ = ["made"]

HEAD = "kind,title,key,choice,choose,required,after,course,competency,level,due,weight\n"
TABLE = f"""{HEAD}pathway,To lead oneself,,,,,,,,,,
stage,Begin,,,,,,,,,,
reading,A page,r1,,,no,,,,,,
milestone,Says no,,,,,A page,,Coaching others,Basic,30 days into the stage,3
choice,Either,,,1,,,,,,2099-01-31,2
reflection,Left,,Either,,,,,,,,
reflection,Right,,Either,,,r1; Says no,,,,,
gate,,,,,,,,coaching-others,2,,
"""
KINDS = (
    "pathway, stage, choice, gate, course, milestone, assignment, feedback, reflection, reading, "
    "community"
)
SHORT = "who have not shown Coaching others at level 3"


@pytest.mark.usefixtures("made")
def test_any_pathway_goes_out_as_a_table_and_comes_in_as_what_it_is(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "plan.csv"
    run("pathway", "plan", "export", TITLE, "--out", path)
    assert run("pathway", "plan", "export", TITLE).stdout_bytes == path.read_bytes()
    assert run("pathway", "plan", "import", path).stdout == (
        f"{TITLE} is here already; nothing was changed.\n"
    )
    assert isinstance(run("pathway", "plan", "export", TITLE, "--version", 9).exception, RuleBroken)


@pytest.mark.usefixtures("made")
def test_a_step_that_is_renamed_by_its_key_is_still_the_same_step(
    run: Run, tmp_path: Path, database: Database, acme: SmallOrganisation
) -> None:
    path = tmp_path / "plan.csv"
    text = run("pathway", "plan", "export", TITLE).stdout_bytes.decode("utf-8-sig")
    path.write_text(text.replace("Coach a peer", "Coach two peers"), encoding="utf-8")
    dry = run("pathway", "plan", "import", path, "--dry-run")
    assert dry.stdout == (
        f"Would bring in {TITLE}: 2 stages, 5 steps, as the draft of the next version.\n"
    )
    run("pathway", "plan", "import", path)
    assert run("pathway", "plan", "import", path).stdout.endswith("nothing was changed.\n")
    with database.reading(acme.id) as session:
        [row] = queries.catalogue(session, acme.actor["hr"])
        after, before = (queries.pathway(session, acme.actor["hr"], v.id) for v in row.versions)
    assert [step.lineage for step in after.steps] == [step.lineage for step in before.steps]
    assert {step.title for step in after.steps} - {step.title for step in before.steps} == {
        "Coach two peers"
    }
    published = run("pathway", "publish", TITLE)
    assert published.stdout == f"{TITLE}, version 2 is published.\n"
    assert isinstance(run("pathway", "publish", TITLE).exception, RuleBroken)


@pytest.mark.usefixtures("acme")
def test_a_table_says_choices_gates_days_and_what_comes_before_what(
    run: Run, tmp_path: Path, database: Database, acme: SmallOrganisation
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert run("pathway", "plan", "import", path).stdout == (
        "Brought in To lead oneself: 1 stage, 4 steps, as a draft.\n"
    )
    with database.reading(acme.id) as session:
        [row] = queries.catalogue(session, acme.actor["hr"])
        plan = queries.pathway(session, acme.actor["hr"], row.versions[0].id)
    [stage] = plan.stages
    reading, milestone, left, right = stage.steps
    [choice] = stage.groups
    assert (reading.required, milestone.level, milestone.weight) == (False, 2, 3)
    assert (milestone.due_days, milestone.due_from.value) == (30, "stage")
    assert milestone.requires == (reading.id,)
    assert (left.group_id, right.requires) == (choice.id, (reading.id, milestone.id))
    assert (str(choice.due_date), choice.weight) == ("2099-01-31", 2)
    assert [(gate.competency, gate.level) for gate in stage.gates] == [("Coaching others", 2)]
    run("pathway", "publish", "To lead oneself")
    enrolled = run("pathway", "enrol", "To lead oneself", "E1004", "--cohort", "Spring")
    assert enrolled.stdout == "E1004 is on To lead oneself.\n"
    assert json.loads(run("pathway", "list", "--json").stdout)[0]["people"] == 1


@pytest.mark.usefixtures("acme")
def test_each_fault_of_a_table_is_named_by_its_row_and_nothing_comes_in(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        f"{HEAD}reading,Too early,,,,,,,,,,\n"
        "pathway,To lead oneself,,,,yes,,,,,,\n"
        "stage,Begin,,,,,,,,,,\n"
        "course,A course,,,,,,NO-1,,,,\n"
        "milestone,Nothing said,,,,,,,,,,\n"
        "milestone,Too high,,,,,,,Coaching others,9,,\n"
        "assignment,For nothing,,,,,,,,,,\n"
        "reflection,One,a,,,,Two,,,,,\n"
        "reflection,Two,a,,,,One; Ten,,,,,\n"
        "reflection,Lost,,Neither,,,,,,,5 days,\n"
        "gate,,,,,,,,Juggling,2,,\n"
        "dance,Twirl,,,,,,,,,,\n"
        "reflection,Late,,,,,,,,,soon,11\n"
        "pathway,Another,,,,,,,,,,\n",
        encoding="utf-8",
    )
    refused = run("pathway", "plan", "import", path)
    assert refused.exit_code == 1
    assert [line.split(": ", 1) for line in refused.stderr.splitlines()] == [
        ["line 2, column kind", "Put the row of a stage above this one."],
        ["line 3, column required", "This kind of row says nothing here; leave the cell empty."],
        [
            "line 5, column course",
            "The catalogue has no one course with the code or title “NO-1”.",
        ],
        ["line 6, column competency", "Say which competency the milestone is about."],
        ["line 6, column level", "Say which level the milestone shows."],
        [
            "line 7, column level",
            "“9” is no level: the scale of A small framework goes from 1 to 5.",
        ],
        ["line 8, column competency", "Name a competency or an opening."],
        ["line 10, column after", "There is no step “Ten”."],
        [
            "line 10, column after",
            "This goes round in a circle: “One” comes after “Two” comes after “One”.",
        ],
        ["line 10, column key", "The row on line 9 has this key."],
        ["line 11, column due", "Within a choice this is said in the row of the choice."],
        ["line 11, column choice", "“Begin” has no one choice “Neither”."],
        ["line 12, column competency", "A small framework has no competency “Juggling”."],
        [
            "line 13, column kind",
            f"“dance” is no kind of row. Write one of these: {KINDS}.",
        ],
        [
            "line 14, column due",
            "“soon” says no day. Write “30 days”, “30 days into the stage” or 2027-03-31.",
        ],
        ["line 14, column weight", "Give a whole number from 1 to 10."],
        ["line 15, column kind", "One file holds one pathway."],
    ]
    assert json.loads(run("pathway", "list", "--json").stdout) == []
    path.write_text("kind,title,colour\n", encoding="utf-8")
    assert run("pathway", "plan", "import", path).stderr == (
        "line 1, column colour: A pathway’s table has no column “colour”.\n"
    )


@pytest.mark.usefixtures("made")
def test_a_rule_is_written_by_command_and_can_run_every_night(run: Run) -> None:
    words = ("pathway", "set-rule", TITLE)
    dry = run(*words, "--job", "Specialist", "--gap", "Coaching others=3", "--dry-run")
    assert (dry.stdout, dry.stderr) == (
        f"{TITLE} would be for people whose job is Specialist; {SHORT}.\n",
        "0 people would come.\n",
    )
    also = run(*words, "--gap", "coaching-others=3", "--unassessed-too", "--unit", "operations")
    assert also.stdout == (f"{TITLE} is for people in Operations or below; {SHORT}.\n")
    assert run("pathway", "run-rule", TITLE, "--every-night").stdout == "It runs every night.\n"
    assert run("pathway", "run-rule", TITLE, "--by-hand").stdout == "It waits for you.\n"
    wrong = (("--unit", "Sea"), ("--job", "Diver"), ("--cohort", "None"), ("--gap", "Juggling=2"))
    assert [isinstance(run(*words, *one).exception, RuleBroken) for one in wrong] == [True] * 4
    assert run("pathway", "remove-rule", TITLE).stdout == "The rule is gone.\n"
    assert isinstance(run("pathway", "apply-rule", TITLE).exception, RuleBroken)
