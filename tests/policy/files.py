"""Files as somebody might bring them in, by what they hold, and some that nobody should be sent."""

from __future__ import annotations

import json
from io import BytesIO

from ldtrack.core.guids import guid_of
from ldtrack.exchange import completions_csv, people_csv, ratings_csv
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.shipped import shipped, shipped_file
from tests.infrastructure.full_house import PLAIN_COURSE
from tests.infrastructure.statements_of_others import statement

Upload = tuple[BytesIO, str]

_JSON = ("frameworks", "programmes", "statements")
_SCRIPT = "<script>ldt7()</script>"


def good_file(kind: str) -> Upload:
    """A file that can be stored in the small organisation; people, where nothing else is known."""
    if kind == "statements":
        zoe = {"objectType": "Agent", "name": "Zoe", "mbox": "mailto:zoe.zed@example.org"}
        return BytesIO(json.dumps([statement(99, actor=zoe)]).encode()), "statements.json"
    if kind == "programmes":
        return BytesIO(json.dumps(_PROGRAMME).encode()), "programme.json"
    if kind == "new":
        return BytesIO(b"%PDF-1.7 a certificate"), "certificate.pdf"
    if kind == "frameworks":
        return BytesIO(shipped_file(shipped()[0].key)), "framework.json"
    return BytesIO(_TABLES.get(kind, _TABLES["people"])), f"{kind}.csv"


def bad_files(kind: str) -> list[tuple[str, Upload]]:
    """Files that are not what they say, or say what they should not."""
    ending = {"new": "pdf", **dict.fromkeys(_JSON, "json")}.get(kind, "csv")
    text = (_SCRIPT + ",=1+1,\x00\n").encode() * 3
    return [
        ("nothing in it", (BytesIO(b""), f"a.{ending}")),
        ("bytes at random", (BytesIO(bytes(range(256)) * 40), f"a.{ending}")),
        ("markup", (BytesIO(_header(kind) + text), f"{_SCRIPT}.{ending}")),
        ("an archive that is none", (BytesIO(b"PK\x03\x04" + b"\x00" * 99), "a.xlsx")),
        ("a path for a name", (BytesIO(b"x"), f"../../\x00{'n' * 5_000}.{ending}")),
        ("brackets to the depth of 100,000", (BytesIO(b"[" * 100_000), f"a.{ending}")),
    ]


def _header(kind: str) -> bytes:
    return _TABLES[kind].splitlines()[0] + b"\n" if kind in _TABLES else b""


_PROGRAMME = {
    "schema": "ldtrack-programme/1",
    "identifier": guid_of("a programme"),
    "edition": 1,
    "title": "Zoe leads",
    "framework": {"identifier": guid_of("small"), "title": "A small framework", "version": "1"},
    "items": [
        {
            "kind": "pathway",
            "identifier": guid_of("a programme"),
            "title": "Zoe leads",
            "largest_share": 60,
        },
        {"kind": "stage", "identifier": guid_of("a stage"), "title": "Begin"},
        {
            "kind": "step",
            "identifier": guid_of("a step"),
            "title": "Write",
            "what": {"kind": "reflection"},
            "required": True,
            "weight": 1,
            "place": {"stage": guid_of("a stage")},
            "due": {"from": "enrolment"},
        },
    ],
}

_TABLES = {
    "people": csv_file(
        people_csv.COLUMNS,
        [["E9001", "zoe.zed@example.org", "Zoe", "Zed", "", "Sales", "", "", "en-GB", "UTC", True]],
    ),
    "completions": csv_file(
        completions_csv.COLUMNS, [("E1012", "", PLAIN_COURSE, "2026-10-15", 80, 100, None)]
    ),
    "ratings": csv_file(
        ratings_csv.COLUMNS,
        [
            ("2025-H2", "E1004", f"R{n}", group, "Q1", "coaching-others", 4, "")
            for n, group in enumerate(("self", "manager", "peer", "peer", "peer"))
        ],
    ),
    "roles": csv_file(("role", "competency", "level"), [("Zoe’s own", "Coaching others", 3)]),
    "courses": csv_file(
        ("code", "title", "develops"), [("ZOE-1", "Zoe explains", "Coaching others (2)")]
    ),
    "pathways": csv_file(
        ("kind", "title"), [("pathway", "Zoe’s way"), ("stage", "Begin"), ("reflection", "Write")]
    ),
}
