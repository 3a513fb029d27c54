"""How the differences between a programme here and its newer edition read, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ldtrack.evidence.domain import SourceKind
from ldtrack.exchange.programme.looking import LookedAt
from ldtrack.pathways.domain import WHOLE, Confidence, DueFrom, Fate, ItemKind, Side, StepKind
from ldtrack.ui.dates import count_of

_FIELDS = {
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


@dataclass(frozen=True, kw_only=True)
class SaidLine:
    """A difference in words; `key` names it where somebody decides."""

    key: str
    kind: ItemKind
    title: str
    field: str
    fate: Fate
    here: str
    there: str
    taken: Side | None


def said_lines(looked: LookedAt) -> list[SaidLine]:
    """Every difference, in the order of the programme."""
    if looked.merged is None or looked.programme is None:
        return []
    names = _names(looked)
    return [
        SaidLine(
            key=line.key,
            kind=line.kind,
            title=line.title,
            field=_FIELDS[line.field],
            fate=line.fate,
            here=_said(line.field, line.here, names),
            there=_said(line.field, line.there, names),
            taken=line.taken,
        )
        for line in looked.merged.lines
    ]


def _names(looked: LookedAt) -> dict[str, str]:
    if looked.programme is None or looked.merged is None:
        return {}
    programme = looked.programme
    return {
        **{item.identifier: item.title for item in looked.merged.items},
        **{item.identifier: item.title for item in programme.items},
        **{course.identifier: course.title for course in programme.courses},
        **programme.competencies,
    }


def _said(field: str, value: Any, names: Mapping[str, str]) -> str:
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
    return f"{count_of(value['days'], 'day')} after {start}"


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
