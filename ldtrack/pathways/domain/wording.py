"""How a field of a pathway's piece reads, for whoever compares two versions or editions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ldtrack.evidence.domain import SourceKind
from ldtrack.pathways.domain.merging import WHOLE
from ldtrack.pathways.domain.plan import Confidence, DueFrom, StepKind

FIELD_WORDS = {
    WHOLE: "",
    "title": "Title",
    "purpose": "Purpose",
    "largest_share": "Largest share",
    "gates": "Levels to be shown",
    "stage": "Stage",
    "choose": "How many to choose",
    "weight": "Weight",
    "due": "Due",
    "what": "What it asks for",
    "text": "What it is for",
    "required": "Required",
    "place": "Where it stands",
    "after": "Comes after",
}


def said(field: str, value: Any, names: Mapping[str, str]) -> str:
    """The value of a field in words; `names` are titles by identifier.

    >>> said("due", {"from": "enrolment", "days": 30, "date": None}, {})
    '30 days after enrolment'
    """
    if value is None:
        return "Not there"
    if field in _WORDS:
        return _WORDS[field](value, names) or "Nothing"
    return str(value) or "Nothing"


def _name(identifier: str, names: Mapping[str, str]) -> str:
    return names.get(identifier, "something of your own")


def _gates(value: Any, names: Mapping[str, str]) -> str:
    return "; ".join(
        ", ".join(
            [
                f"{_name(gate['competency'], names)} at level {gate['level']}",
                *([Confidence(gate["confidence"]).label] if gate["confidence"] else []),
                *(f"with {SourceKind(kind).label}" for kind in gate["kinds"]),
            ]
        )
        for gate in value
    )


def _due(value: Any, names: Mapping[str, str]) -> str:
    if value["from"] == DueFrom.DATE:
        return f"on {value['date']}"
    if value["days"] is None:
        return "any day"
    start = "its stage begins" if value["from"] == DueFrom.STAGE else "enrolment"
    return f"{value['days']} {'day' if value['days'] == 1 else 'days'} after {start}"


def _what(value: Any, names: Mapping[str, str]) -> str:
    parts = [StepKind(value["kind"]).label]
    parts += [_name(value[one], names) for one in ("course", "competency") if value[one]]
    if value["level"] is not None:
        parts.append(f"level {value['level']}")
    return " · ".join([*parts, *([value["address"]] if value["address"] else [])])


def _place(value: Any, names: Mapping[str, str]) -> str:
    where = _name(value["stage"], names)
    return f"{where}, one of “{_name(value['choice'], names)}”" if value["choice"] else where


_WORDS: Mapping[str, Callable[[Any, Mapping[str, str]], str]] = {
    "gates": _gates,
    "due": _due,
    "what": _what,
    "place": _place,
    "stage": _name,
    "after": lambda value, names: ", ".join(_name(one, names) for one in value),
    "required": lambda value, names: "yes" if value else "no",
    "largest_share": lambda value, names: f"{value}%",
}
