"""xAPI statements as other systems write them, for the tests."""

from __future__ import annotations

from typing import Any
from uuid import UUID

VERBS = "http://adlnet.gov/expapi/verbs/"
COURSE = "https://lms.example.org/course/LC-101"


def statement(number: int, verb: str = "completed", **change: Any) -> dict[str, Any]:
    """The leader of the small organisation and the course LC-101, unless told otherwise."""
    return {
        "id": str(UUID(int=number)),
        "actor": {"objectType": "Agent", "mbox": "mailto:Amara.Okafor@example.org"},
        "verb": {"id": verb if ":" in verb else VERBS + verb, "display": {"en-US": verb}},
        "object": {
            "objectType": "Activity",
            "id": COURSE,
            "definition": {"name": {"de": "Wandel führen", "en-GB": "Leading change"}},
        },
        "timestamp": "2026-01-15T10:00:00+01:00",
    } | change


def voiding(number: int, of: int) -> dict[str, Any]:
    """Takes back the statement with that number."""
    thing = {"objectType": "StatementRef", "id": str(UUID(int=of))}
    return statement(number, "voided", object=thing)
