"""A programme file is read piece by piece; what is wrong is named, and nothing dangles."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from ldtrack.core.guids import guid_of
from ldtrack.exchange.programme.reading import read_programme
from ldtrack.exchange.programme.writing import write_programme

OWN, STAGE, FIRST, SECOND = (guid_of(name) for name in ("own", "stage", "first", "second"))
CHOICE, COMPETENCY, COURSE = (guid_of(name) for name in ("choice", "competency", "course"))
ANY_DAY = {"from": "enrolment", "days": None, "date": None}

Content = dict[str, Any]


def a_step(identifier: str, **change: Any) -> Content:
    return {
        "kind": "step",
        "identifier": identifier,
        "locked": False,
        "title": "Write about it",
        "what": {
            "kind": "reflection",
            "course": None,
            "competency": None,
            "level": None,
            "address": "",
        },
        "text": "",
        "required": True,
        "weight": 1,
        "place": {"stage": STAGE, "choice": None},
        "due": ANY_DAY,
        "after": [],
    } | change


def content() -> Content:
    return {
        "schema": "ldtrack-programme/1",
        "identifier": OWN,
        "edition": 2,
        "title": "To lead others",
        "framework": {"identifier": guid_of("small"), "title": "Small", "version": "1"},
        "competencies": [{"identifier": COMPETENCY, "name": "Coaching others"}],
        "items": [
            {
                "kind": "pathway",
                "identifier": OWN,
                "locked": False,
                "title": "To lead others",
                "purpose": "",
                "largest_share": 60,
            },
            {
                "kind": "stage",
                "identifier": STAGE,
                "locked": True,
                "title": "Foundations",
                "gates": [
                    {
                        "competency": COMPETENCY,
                        "level": 3,
                        "confidence": "fairly_sure",
                        "kinds": ["assignment_outcome"],
                    }
                ],
            },
            {
                "kind": "choice",
                "identifier": CHOICE,
                "locked": False,
                "title": "One of these",
                "stage": STAGE,
                "choose": 1,
                "weight": 1,
                "due": {"from": "date", "days": None, "date": "2027-05-01"},
            },
            a_step(FIRST),
            a_step(
                SECOND,
                title="Take the course",
                what={
                    "kind": "course",
                    "course": COURSE,
                    "competency": None,
                    "level": None,
                    "address": "",
                },
                place={"stage": STAGE, "choice": CHOICE},
                required=False,
                after=[FIRST],
            ),
        ],
        "courses": [
            {
                "identifier": COURSE,
                "code": "LC-1",
                "title": "Leading change",
                "format": None,
                "mode": "",
                "hours": 7.5,
                "valid_months": None,
                "description": "",
                "develops": [{"competency": COMPETENCY, "level": 3}],
            }
        ],
        "questionnaires": [
            {
                "identifier": guid_of("questionnaire"),
                "title": "Around you",
                "language": "en",
                "lo": 1,
                "hi": 3,
                "words": ["never", "at times", "always"],
                "statements": [{"competency": COMPETENCY, "text": "Asks first", "weight": 1}],
                "questions": [{"key": "keep", "text": "What to keep?", "hint": ""}],
            }
        ],
        "role_profiles": [
            {
                "name": "Head",
                "targets": [{"competency": COMPETENCY, "level": 3, "critical": True}],
            }
        ],
    }


def raw(said: Content) -> bytes:
    return json.dumps(said).encode()


def reasons(said: Content | bytes) -> list[str]:
    programme, problems = read_programme(said if isinstance(said, bytes) else raw(said))
    assert programme is None
    assert problems
    return [str(problem) for problem in problems]


def test_what_is_written_reads_the_same_and_is_written_the_same() -> None:
    programme, problems = read_programme(raw(content()))
    assert problems == []
    assert programme is not None
    written = write_programme(programme)
    assert json.loads(written) == content()
    assert read_programme(written) == (programme, [])


def changed(change: Callable[[Content], object]) -> Content:
    said = content()
    change(said)
    return said


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda said: said.update(schema="ldtrack-framework/1"), "This is not a programme file"),
        (lambda said: said.update(schema="ldtrack-programme/2"), "written by a newer ldtrack"),
        (lambda said: said.pop("schema"), "This is not a programme file"),
        (lambda said: said.update(identifier="me"), "“me” is no GUID."),
        (lambda said: said.update(edition=True), "edition: This must be a whole number."),
        (lambda said: said.update(items=[]), "There must be 1 to 1,000 of these."),
        (lambda said: said.update(items=said["items"] * 300), "There must be 1 to 1,000 of these."),
        (lambda said: said["items"].append(a_step(FIRST)), f"Two items are “{FIRST}”."),
        (lambda said: said["items"].pop(0), "There must be exactly one pathway among these."),
        (
            lambda said: said["items"].append(a_step(guid_of("x"), after=[guid_of("nobody")])),
            "There is no step",
        ),
        (
            lambda said: said["items"].append(
                a_step(guid_of("x"), place={"stage": FIRST, "choice": None})
            ),
            f"There is no stage “{FIRST}” in this file.",
        ),
        (lambda said: said["items"][3].update(after=[SECOND]), "circle"),
        (lambda said: said["items"][3].update(after=[FIRST]), "itself"),
        (lambda said: said["items"][3].update(title="x" * 201), "longer than 200 letters"),
        (lambda said: said["items"][3].update(text="x" * 5_000_000), "longer than 4,000 letters"),
        (lambda said: said["items"][3].update(required=1), "Say true or false."),
        (lambda said: said["items"][3]["what"].update(kind="bribe"), "“bribe” is not known here."),
        (
            lambda said: said["items"][3]["what"].update(address="javascript:alert(1)"),
            "This is no web address.",
        ),
        (lambda said: said["items"][2]["due"].update(date="2027-02-30"), "is not a day written"),
        (lambda said: said["items"][1]["gates"][0].update(level=99), "Give a whole number"),
        (
            lambda said: said["items"][1]["gates"][0].update(kinds=["gossip"]),
            "“gossip” is no kind of evidence.",
        ),
        (
            lambda said: said["items"][1]["gates"].append(said["items"][1]["gates"][0]),
            "This stage asks for it twice.",
        ),
        (lambda said: said.update(courses=[]), f"There is no course “{COURSE}” in this file."),
        (lambda said: said.update(competencies=[]), "There is no competency"),
        (lambda said: said["courses"].append(said["courses"][0]), "is there twice."),
        (lambda said: said["courses"][0].update(hours=1e9), "Give a number from 0"),
        (lambda said: said["questionnaires"][0].update(hi=1), "The scale must rise."),
        (lambda said: said["questionnaires"][0].update(words=["a"]), "one word for each step"),
        (lambda said: said["role_profiles"].append({"name": "head"}), "“head” is there twice."),
        (lambda said: said.update(items="all"), "This must be a list."),
    ],
)
def test_each_fault_has_its_sentence(change: Callable[[Content], object], reason: str) -> None:
    assert any(reason in said for said in reasons(changed(change))), reasons(changed(change))


def test_what_is_no_programme_at_all_is_refused_at_once() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("programme.json", b"0" * 50_000_000)
    for sent, reason in (
        (b"", "The file is empty."),
        (bomb.getvalue(), "a spreadsheet or a zip archive"),
        (gzip.compress(raw(content())), "a compressed file"),
        (b"x" * 10_000_001, "larger than 10 MB"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 50_000, "nested too deeply"),
        (b"[1, 2]", "does not hold"),
        (b'{"schema": NaN}', "impossible numbers"),
        (b"\xff\xfe{\x00", "UTF-16"),
        (b'{"schema": "ldtrack-programme/1"', "This is not JSON"),
        (b"null", "does not hold"),
    ):
        assert any(reason in said for said in reasons(sent)), (reason, reasons(sent))
