"""Frameworks as tables: recognised by their columns, faults told by row and column."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from ldtrack.competencies.domain import NewIndicator, WholeEdition, settle
from ldtrack.exchange.framework_csv import (
    TableKind,
    example,
    read_framework_table,
    write_moodle,
    write_own,
)
from ldtrack.exchange.framework_file import parse_framework
from ldtrack.exchange.shipped import shipped, shipped_file

MOODLE_FILE = Path(__file__).parents[2] / "data" / "moodle_competency_framework.csv"
MOODLE = MOODLE_FILE.read_bytes()
OWN = "domain,competency,level,behaviour\n"
LEVELS = "Competency,Description,Begins,Does\n"


def read(raw: bytes | str, title: str = "How we lead") -> tuple[WholeEdition | None, list[str]]:
    found = read_framework_table(raw.encode() if isinstance(raw, str) else raw, title=title)
    return found.whole, [str(problem) for problem in found.problems]


def whole(raw: bytes | str, title: str = "How we lead") -> WholeEdition:
    found, problems = read(raw, title)
    assert problems == []
    assert found is not None
    return found


def shipped_one(key: str) -> WholeEdition:
    found, _ = parse_framework(shipped_file(key))
    assert found is not None
    return settle(found, None, {})


def test_a_framework_from_moodle_becomes_domains_and_competencies_on_its_scale() -> None:
    found = read_framework_table(MOODLE, title="")
    assert found.kind is TableKind.MOODLE
    edition = whole(MOODLE, "")
    assert (edition.key, len(edition.domains), len(edition.competencies)) == (
        "us-opm-ecq-2006",
        6,
        28,
    )
    assert [level.label for level in edition.levels] == [
        "Awareness",
        "Basic",
        "Intermediate",
        "Advanced",
        "Expert",
    ]
    resilience = next(one for one in edition.competencies if one.key == "resilience")
    assert (resilience.domain, resilience.definition) == (
        "leading-change",
        "Stays effective and hopeful under pressure and recovers from setbacks.",
    )


@pytest.mark.parametrize("key", [one.key for one in shipped()])
def test_a_table_of_ours_brings_back_all_that_it_can_say(key: str) -> None:
    first = shipped_one(key)
    assert settle(whole(write_own(first), ""), first, {}) == first_but_version(first, "own")


@pytest.mark.parametrize("key", [one.key for one in shipped()])
def test_a_table_for_moodle_leaves_what_moodle_cannot_say(key: str) -> None:
    first = shipped_one(key)
    assert settle(whole(write_moodle(first), ""), first, {}) == first_but_version(first, "moodle")


def first_but_version(first: WholeEdition, kind: str) -> WholeEdition:
    raw = write_own(first) if kind == "own" else write_moodle(first)
    found = whole(raw, "")
    return replace(first, version=found.version, silent=found.silent)


def test_what_moodle_reads_has_its_columns_and_one_framework_row() -> None:
    header = MOODLE.decode().splitlines()[0]
    written = write_moodle(shipped_one("us-opm-ecq-2006")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert written.splitlines()[0] == header
    assert [row["Is framework"] for row in rows] == ["1", *[""] * 34]
    assert rows[0]["Scale values"] == "Awareness,Basic,Intermediate,Advanced,Expert"
    assert {row["Parent id number"] for row in rows} - {row["Id number"] for row in rows} == {""}


def test_a_column_for_each_level_holds_a_behaviour_in_each_line() -> None:
    edition = whole(LEVELS + 'Listening,Hears.,Waits,"- Asks\n- Sums up"\nDeciding,,,Decides\n')
    assert [(level.value, level.label) for level in edition.levels] == [(1, "Begins"), (2, "Does")]
    assert [one.name for one in edition.domains] == ["How we lead"]
    assert edition.competencies[0].indicators == (
        NewIndicator(level=1, effective="Waits"),
        NewIndicator(level=2, effective="Asks"),
        NewIndicator(level=2, effective="Sums up"),
    )


def test_rich_skill_descriptors_become_competencies_in_their_categories() -> None:
    raw = (MOODLE_FILE.parent / "osmt_rsd_sample.csv").read_bytes()
    found = read_framework_table(raw, title="Our skills")
    assert found.kind is TableKind.SKILLS
    assert found.notes == ("Keywords, occupations and alignments of skills are not kept.",)
    edition = whole(raw, "Our skills")
    first = edition.competencies[0]
    assert [one.name for one in edition.domains][:1] == [".NET Framework"]
    assert (first.name, first.definition) == (
        "Data and Data Store Access",
        "Access data and data stores using the .NET Framework.",
    )
    twice = "Skill Name,Skill Category,Contextualized Skill Statement\nA,B,x\na,C,y\n"
    assert read(twice)[1] == ["Line 3, Skill Name: The skill on line 2 has this name too."]


def test_the_example_is_whole() -> None:
    edition = whole(example(), "")
    assert (edition.title, edition.version) == ("How we lead", "1")
    assert [len(one.indicators) for one in edition.competencies] == [2]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_any_separator_will_do(separator: str) -> None:
    rows = (OWN + "People,Listening,1,Waits\nPeople,Listening,2,Asks\n").replace(",", separator)
    assert len(whole(rows).competencies[0].indicators) == 2


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (OWN + "People,,1,Waits\n", "Line 2, competency: Say which competency this is."),
        (OWN + ",Listening,1,Waits\n", "Line 2, domain: Say to which domain it belongs."),
        (OWN + "People,Listening,,Waits\n", "Line 2, level: Say at which level this can be seen."),
        (
            OWN + "People,Listening,x,Waits\n",
            "Line 2, level: Give a whole number from 0 to 20.",
        ),
        (
            "competency_id," + OWN + "a,People,Listening,1,x\nb,People,listening,1,y\n",
            "Line 3, competency: The competency on line 2 has this name, but another id.",
        ),
        (
            "competency_id," + OWN + "a,People,Listening,1,x\na,People,Hearing,1,y\n",
            "Line 3, competency: On line 2 this id has another name.",
        ),
        (
            OWN + "People,Listening,1,x\npeople,Deciding,1,y\nWork,listening,1,z\n",
            "Line 4, domain: On line 2 it lies in “People”.",
        ),
        (
            "competency_id," + OWN + "a,People,Listening,1,x\na,Work,Listening,1,y\n",
            "Line 3, domain: On line 2 it lies in “People”.",
        ),
        (
            "level_name," + OWN + "Low,P,A,1,x\nHigh,P,A,1,y\n",
            "Line 3, level_name: Level 1 was called “Low” before.",
        ),
        (
            "framework," + OWN + "One,P,A,1,x\nTwo,P,A,1,y\n",
            "Line 3, framework: One file holds one framework.",
        ),
        (
            LEVELS + "Listening,,Waits,\nlistening,,Asks,\n",
            "Line 3, Competency: There is a competency of this name already.",
        ),
        (LEVELS, "The file: There is no competency in it."),
        ("a,b\n1,2\n", "Line 1: The columns are none that are known"),
        ("", "The file: The file is empty."),
    ],
)
def test_a_fault_names_its_row_and_column(raw: str, problem: str) -> None:
    found, problems = read(raw)
    assert found is None
    assert any(one.startswith(problem) for one in problems), problems


def moodle(*rows: str) -> str:
    return "\n".join(
        [
            "Parent id number,Id number,Shortname,Description,Is framework,Scale values",
            ',f,Ours,,1,"Low,High"',
            *rows,
        ]
    )


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([",a,A,,,", ",a,B,,,"], "Line 4, Id number: “a” is the id number of line 3 too."),
        (["z,a,A,,,"], "Line 3, Parent id number: No row has this id number."),
        (["b,a,A,,,", "a,b,B,,,"], "Line 3, Parent id number: It stands under itself."),
        ([",a,,,,"], "Line 3, Shortname: There is no name."),
        ([",,A,,,"], "Line 3, Id number: There is no id number."),
        ([",a,A,,1,"], "Line 3, Is framework: One row must be the framework"),
        (
            [",d,D,,,", "d,a,A,,,", "d,b,A,,,"],
            "Line 5, Shortname: The competency on line 4 has this name, but another id.",
        ),
    ],
)
def test_a_fault_in_moodles_tree_names_its_row(rows: list[str], problem: str) -> None:
    found, problems = read(moodle(*rows))
    assert found is None
    assert any(one.startswith(problem) for one in problems), problems


def test_what_lies_below_a_competency_in_moodle_is_a_behaviour_and_is_named() -> None:
    raw = moodle(",d,D,,,", "d,a,A,,,", "a,x,X,<b>Asks</b>,,")
    found = read_framework_table(raw.encode(), title="")
    (note,) = found.notes
    assert note.startswith("1 row lies below a competency and came in as behaviours at the lowest")
    assert whole(raw).competencies[0].indicators == (
        NewIndicator(level=1, effective="<b>Asks</b>"),
    )


def test_without_a_title_the_file_is_asked_for_one() -> None:
    assert read(OWN + "People,Listening,1,Waits\n", "")[1] == [
        "The file: It does not say which framework it is. Choose it again and give its title."
    ]
