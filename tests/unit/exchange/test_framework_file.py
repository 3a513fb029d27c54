"""The JSON file of a framework: the published ones come in, faults are told with their place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ldtrack.exchange
from ldtrack.competencies.domain import NewProfile
from ldtrack.exchange.framework_file import parse_framework
from ldtrack.exchange.shipped import shipped

FOLDER = Path(ldtrack.exchange.__file__).parent / "frameworks"

COUNTS = {
    "esco-transversal-and-management-1.1.1": (28, 0),
    "eu-entrecomp": (15, 443),
    "eu-lifecomp": (9, 0),
    "systems-convening-and-weaving": (13, 0),
    "uk-civil-service-behaviours-2018": (9, 0),
    "uk-civil-service-competency-2012": (10, 335),
    "us-army-leadership-requirements": (13, 0),
    "us-doi-ibc-core-2016": (4, 0),
    "us-opm-ecq-2006": (28, 0),
    "us-opm-ecq-2025": (15, 0),
}


def small() -> dict[str, Any]:
    """A file with everything that a file can have, and little of it."""
    return {
        "schema": "ldtrack-framework/1",
        "id": "small",
        "title": "A small one",
        "version": "1",
        "publisher": "Nobody",
        "status": "draft",
        "language": "en",
        "licence": {"id": "CC0-1.0", "name": "CC0", "attribution": "Nobody"},
        "sources": [{"what": "w", "where": "w", "how": "h"}],
        "scale": {
            "id": "three",
            "levels": [
                {"value": 1, "label": "Low", "meaning": ""},
                {"value": 2, "label": "High", "meaning": "More"},
            ],
        },
        "clusters": [{"id": "all", "name": "All"}],
        "competencies": [
            {
                "id": "vision",
                "name": "Vision",
                "cluster": "all",
                "definition": "Sees.",
                "definition_origin": "own words",
                "indicators": [{"level": 2, "effective": "Looks far", "ineffective": None}],
            }
        ],
        "role_profiles": [
            {"role": "Seer", "origin": "made up", "targets": {"vision": 2}, "critical": ["vision"]}
        ],
    }


def read(content: Any) -> tuple[Any, list[str]]:
    framework, problems = parse_framework(json.dumps(content).encode())
    return framework, [str(problem) for problem in problems]


def test_the_frameworks_that_come_along_are_whole() -> None:
    assert {one.key: (one.n_competencies, one.n_indicators) for one in shipped()} == COUNTS
    assert all(one.licence and one.attribution and one.publisher for one in shipped())


@pytest.mark.parametrize("key", sorted(COUNTS))
def test_a_framework_keeps_everything_that_its_file_says(key: str) -> None:
    raw = (FOLDER / f"{key}.json").read_bytes()
    content = json.loads(raw)
    framework, problems = parse_framework(raw)
    assert problems == []
    assert framework is not None
    assert [one.value for one in framework.levels] == [
        level["value"] for level in content["scale"]["levels"]
    ]
    assert [one.key for one in framework.competencies] == [
        one["id"] for one in content["competencies"]
    ]
    assert [one.name for one in framework.role_profiles] == [
        one["role"] for one in content.get("role_profiles", [])
    ]


def test_a_small_file_is_read() -> None:
    framework, problems = read(small())
    assert problems == []
    assert framework.role_profiles == (
        NewProfile(
            name="Seer", origin="made up", targets={"vision": 2}, critical=frozenset({"vision"})
        ),
    )
    assert framework.competencies[0].indicators[0].effective == "Looks far"


@pytest.mark.parametrize(
    ("way", "value", "sentence"),
    [
        (("title",), "", "The file, title: This is missing."),
        (("title",), 5, "The file, title: This must be a text."),
        (("title",), "x" * 301, "The file, title: This is longer than 300 letters."),
        (("id",), "Small One", "“Small One” may only have letters"),
        (("licence",), None, "The file, licence: This is missing."),
        (("scale", "levels"), [], "The file, scale.levels: There must be 2 to 20 of these."),
        (("scale", "levels", 1, "value"), 1, "scale.levels[1].value: The levels do not rise."),
        (("scale", "levels", 1, "value"), True, "This must be a whole number."),
        (("scale", "levels", 1, "value"), 10**30, "Give a whole number from 0 to 20."),
        (("clusters",), ["all"], "The file, clusters[0]: This must be an object."),
        (("competencies",), "many", "The file, competencies: This must be a list."),
        (("competencies", 0, "cluster"), "none", "There is no cluster “none”."),
        (("competencies", 0, "definition_origin"), "hearsay", "Say “own words” or “source text”."),
        (
            ("competencies", 0, "indicators", 0, "level"),
            3,
            "competencies[0].indicators[0].level: The scale has no level 3.",
        ),
        (("competencies", 0, "indicators", 0, "effective"), None, "The indicator says nothing."),
        (("role_profiles", 0, "targets"), {"sight": 1}, "There is no competency “sight”."),
        (("role_profiles", 0, "critical"), ["sight"], "The role does not ask for “sight”."),
        (("role_profiles", 0, "critical"), [1], "There must be at most 2,000 texts in this list."),
        (("role_profiles", 0, "targets"), {"vision": 3}, "The scale has no level 3."),
    ],
)
def test_a_fault_is_told_with_its_place(way: tuple[Any, ...], value: Any, sentence: str) -> None:
    content = small()
    inner: Any = content
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = value
    framework, problems = read(content)
    assert framework is None
    assert any(sentence in problem for problem in problems), problems


def test_the_same_key_twice_is_a_fault() -> None:
    content = small()
    content["competencies"] *= 2
    content["clusters"] *= 2
    content["role_profiles"] *= 2
    assert read(content)[1] == [
        "The file, clusters[1].id: “all” is there twice.",
        "The file, competencies[1].id: “vision” is there twice.",
        "The file, role_profiles[1].role: “Seer” is there twice.",
    ]


def test_two_things_of_one_identifier_or_of_one_name_are_faults() -> None:
    content = small()
    again = content["competencies"][0] | {"id": "sight"}
    for one in (content["competencies"][0], again):
        one["identifier"] = "00000000-0000-0000-0000-00000000000a"
    content["competencies"] = [content["competencies"][0], again]
    content["clusters"][0]["identifier"] = "all"
    assert read(content)[1] == [
        "The file, clusters[0].identifier: “all” is no GUID.",
        "The file, competencies[1].name: There are two competencies of the name “Vision”.",
        "The file, identifier: “00000000-0000-0000-0000-00000000000a” is there 2 times.",
    ]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty."),
        (b"{", "Line 1: This is not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[1, 2]", "does not hold one framework"),
        (b'{"schema": NaN}', "impossible numbers"),
        (b'{"schema": 1' + b"0" * 5_000 + b"}", "impossible numbers"),
        (b'{"schema": "other"}', "This is not a framework file"),
        (b"PK\x03\x04", "Please save it as JSON"),
        (b'{"a": "\x00"}', "signs that are not text"),
    ],
)
def test_what_is_no_framework_file_is_refused_in_a_sentence(raw: bytes, sentence: str) -> None:
    framework, problems = parse_framework(raw)
    assert framework is None
    assert sentence in str(problems[0])
