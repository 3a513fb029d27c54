"""A small CASE package to be varied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ldtrack.competencies.domain import WholeEdition
from ldtrack.exchange.framework_formats import ReadFramework, read_any

WHEN = "2026-01-01T00:00:00+00:00"


def guid(number: int) -> str:
    """A GUID that one can tell from others."""
    return str(UUID(int=number))


DOCUMENT, PEOPLE, LISTENING, COACHING = guid(1), guid(2), guid(3), guid(4)


def item(number: int, statement: str, **more: Any) -> dict[str, Any]:
    """An item of a package."""
    said = {"identifier": guid(number), "uri": f"https://example.org/{number}"}
    return {**said, "fullStatement": statement, "lastChangeDateTime": WHEN, **more}


def child(number: int, of: str, place: int | None = None) -> dict[str, Any]:
    """Where an item stands."""
    said: dict[str, Any] = {
        "identifier": guid(1000 + number),
        "uri": f"https://example.org/a{number}",
        "associationType": "isChildOf",
        "originNodeURI": {"title": "", "identifier": guid(number), "uri": "x"},
        "destinationNodeURI": {"title": "", "identifier": of, "uri": "x"},
        "lastChangeDateTime": WHEN,
    }
    return said if place is None else said | {"sequenceNumber": place}


def package() -> dict[str, Any]:
    """One domain with two competencies, and things that have no place here."""
    return {
        "CFDocument": {
            "identifier": DOCUMENT,
            "uri": "https://example.org/1",
            "creator": "Nobody",
            "title": "How we lead",
            "lastChangeDateTime": WHEN,
            "language": "en",
            "frameworkType": "unheard of",
        },
        "CFItems": [
            item(2, "People", CFItemType="Cluster"),
            item(3, "Listening: Hears what is meant.", humanCodingScheme="L"),
            item(4, "Helps others to grow.", abbreviatedStatement="Coaching", listEnumeration="b"),
        ],
        "CFAssociations": [
            child(2, DOCUMENT, 1),
            child(3, PEOPLE, 2),
            child(4, PEOPLE, 1),
            child(3, guid(77)) | {"identifier": guid(2000), "associationType": "exactMatchOf"},
        ],
        "CFDefinitions": {"CFConcepts": []},
    }


def raw(content: Mapping[str, Any]) -> bytes:
    """The file."""
    return json.dumps(content, ensure_ascii=False).encode()


def read(content: Mapping[str, Any]) -> ReadFramework:
    """What is made of it."""
    return read_any(raw(content))


def whole(content: Mapping[str, Any]) -> WholeEdition:
    """The edition in it."""
    found = read(content).whole
    assert found is not None
    return found
