"""Reading a programme file: each fault is named with its place, and nothing dangles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ldtrack.core.errors import RuleBroken
from ldtrack.evidence.domain import SourceKind
from ldtrack.exchange.framework_file import json_content
from ldtrack.exchange.framework_parts import Part
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.programme.beside import courses_in, questionnaires_in, roles_in
from ldtrack.exchange.programme.content import SCHEMA, FrameworkNamed, Programme
from ldtrack.exchange.programme.pieces import (
    HIGHEST_LEVEL,
    identifier,
    member_if_any,
    member_of,
    reference,
    reference_if_any,
    whole_if_any,
)
from ldtrack.pathways.domain import (
    HEAVIEST,
    LONGEST_DAYS,
    SMALLEST_SHARE,
    Confidence,
    DueFrom,
    Item,
    ItemKind,
    StepKind,
    order,
)

_MOST_ITEMS = 1_000
_MOST_COMPETENCIES = 2_000
_ANY_DAY = {"from": DueFrom.ENROLMENT.value, "days": None, "date": None}
_TRAVELS = (ItemKind.PATHWAY, ItemKind.STAGE, ItemKind.CHOICE, ItemKind.STEP)


def read_programme(
    raw: bytes, *, limits: Limits = BROWSER
) -> tuple[Programme | None, list[Problem]]:
    """The programme in a file, or what is wrong with it."""
    try:
        top = Part(json_content(raw, limits=limits))
    except Unreadable as error:
        return None, [error.problem]
    schema = top.text("schema", most=60)
    if schema != SCHEMA:
        reason = f"This is not a programme file: its “schema” is not “{SCHEMA}”."
        if schema.startswith("ldtrack-programme/"):
            reason = "This programme file was written by a newer ldtrack than this one."
        return None, [Problem(line=0, column="", reason=reason)]
    found = _programme(top)
    return (None, top.problems) if top.problems else (found, [])


def _programme(top: Part) -> Programme:
    named = top.part("framework")
    framework = FrameworkNamed(
        identifier=identifier(named, "identifier"),
        title=named.text("title", most=300, required=True),
        version=named.text("version", most=60, required=True),
    )
    competencies: dict[str, str] = {}
    for part in top.parts("competencies", most=_MOST_COMPETENCIES):
        known_as = identifier(part, "identifier")
        if known_as in competencies:
            part.complain("identifier", f"“{known_as}” is there twice.")
        competencies[known_as] = part.text("name", most=300, required=True)
    courses = courses_in(top, competencies)
    return Programme(
        identifier=identifier(top, "identifier"),
        edition=top.whole("edition", lowest=1, highest=1_000_000),
        framework=framework,
        competencies=competencies,
        courses=courses,
        questionnaires=questionnaires_in(top, competencies),
        roles=roles_in(top, competencies),
        items=_items(top, competencies, {course.identifier for course in courses}),
    )


def _items(top: Part, competencies: Mapping[str, str], courses: set[str]) -> tuple[Item, ...]:
    parts = top.parts("items", most=_MOST_ITEMS, least=1)
    kinds: dict[str, ItemKind] = {}
    read: list[tuple[Part, ItemKind, str]] = []
    for part in parts:
        kind = member_of(part, "kind", _TRAVELS)
        known_as = identifier(part, "identifier")
        if kind is None:
            continue
        if known_as in kinds:
            part.complain("identifier", f"Two items are “{known_as}”.")
        kinds[known_as] = kind
        read.append((part, kind, known_as))
    fields: Mapping[ItemKind, Callable[[Part], dict[str, Any]]] = {
        ItemKind.PATHWAY: _pathway,
        ItemKind.STAGE: lambda part: _stage(part, competencies),
        ItemKind.CHOICE: lambda part: _choice(part, kinds),
        ItemKind.STEP: lambda part: _step(part, kinds, competencies, courses),
    }
    items = [
        Item(kind=kind, identifier=known_as, fields=fields[kind](part), locked=part.flag("locked"))
        for part, kind, known_as in read
    ]
    _check(top, items)
    return tuple(items)


def _check(top: Part, items: list[Item]) -> None:
    pathways = [item for item in items if item.kind is ItemKind.PATHWAY]
    if len(pathways) != 1:
        top.complain("items", "There must be exactly one pathway among these.")
    elif pathways[0].identifier != top.text("identifier", most=36):
        top.complain("items", "The pathway must have the identifier of the programme.")
    steps = {item.identifier: item for item in items if item.kind is ItemKind.STEP}
    choices = {item.identifier: item for item in items if item.kind is ItemKind.CHOICE}
    for step in steps.values():
        choice = choices.get(step.fields["place"]["choice"] or "")
        if choice and choice.fields["stage"] != step.fields["place"]["stage"]:
            top.complain("items", f"“{step.title}” is one of a choice of another stage.")
    number = {one: place for place, one in enumerate(steps)}
    try:
        order(
            {number[one]: step.title for one, step in steps.items()},
            {
                number[one]: {number[other] for other in step.fields["after"] if other in steps}
                for one, step in steps.items()
            },
        )
    except RuleBroken as circle:
        top.complain("items", circle.message)


def _pathway(part: Part) -> dict[str, Any]:
    return {
        "title": part.text("title", most=200, required=True),
        "purpose": part.prose("purpose", most=2_000),
        "largest_share": part.whole("largest_share", lowest=SMALLEST_SHARE, highest=100),
    }


def _stage(part: Part, competencies: Mapping[str, str]) -> dict[str, Any]:
    gates: dict[str, dict[str, Any]] = {}
    for gate in part.parts("gates", most=100):
        wanted = reference(gate, "competency", competencies, "competency")
        if wanted in gates:
            gate.complain("competency", "This stage asks for it twice.")
        confidence = member_if_any(gate, "confidence", Confidence)
        kinds = [_evidence(gate, kind) for kind in gate.texts("kinds", most=20)]
        gates[wanted or ""] = {
            "competency": wanted,
            "level": gate.whole("level", lowest=0, highest=HIGHEST_LEVEL),
            "confidence": confidence.value if confidence else None,
            "kinds": sorted(set(kinds)),
        }
    return {
        "title": part.text("title", most=200, required=True),
        "gates": [gates[one] for one in sorted(gates)],
    }


def _evidence(gate: Part, kind: str) -> str:
    if kind not in {each.value for each in SourceKind}:
        gate.complain("kinds", f"“{kind[:40]}” is no kind of evidence.")
    return kind


def _choice(part: Part, kinds: Mapping[str, ItemKind]) -> dict[str, Any]:
    return {
        "title": part.text("title", most=200, required=True),
        "stage": _item(part, "stage", kinds, ItemKind.STAGE),
        "choose": part.whole("choose", lowest=1, highest=50),
        "weight": part.whole("weight", lowest=1, highest=HEAVIEST),
        "due": _due(part),
    }


def _step(
    part: Part, kinds: Mapping[str, ItemKind], competencies: Mapping[str, str], courses: set[str]
) -> dict[str, Any]:
    where = part.part("place")
    after = part.texts("after", most=100)
    for other in after:
        if kinds.get(other) is not ItemKind.STEP:
            part.complain("after", f"There is no step “{other[:40]}” in this file.")
    place = {
        "stage": _item(where, "stage", kinds, ItemKind.STAGE),
        "choice": _item(where, "choice", kinds, ItemKind.CHOICE) if where.has("choice") else None,
    }
    alone = place["choice"] is None
    required, due = part.flag("required"), _due(part)
    weight = part.whole("weight", lowest=1, highest=HEAVIEST)
    return {
        "title": part.text("title", most=200, required=True),
        "what": _what(part.part("what"), competencies, courses),
        "text": part.prose("text", most=4_000),
        # Within a choice these are the choice's.
        "required": required and alone,
        "weight": weight if alone else 1,
        "place": place,
        "due": due if alone else _ANY_DAY,
        "after": sorted(set(after)),
    }


def _item(part: Part, name: str, kinds: Mapping[str, ItemKind], kind: ItemKind) -> str:
    found = part.text(name, most=36, required=True)
    if found and kinds.get(found) is not kind:
        part.complain(name, f"There is no {kind.value} “{found}” in this file.")
    return found


def _what(part: Part, competencies: Mapping[str, str], courses: set[str]) -> dict[str, Any]:
    kind = member_of(part, "kind", StepKind)
    course = reference_if_any(part, "course", courses, "course")
    competency = reference_if_any(part, "competency", competencies, "competency")
    level = whole_if_any(part, "level", lowest=0, highest=HIGHEST_LEVEL)
    if kind is StepKind.COURSE and not course:
        part.complain("course", "A step of this kind names its course.")
    if kind is StepKind.MILESTONE and (not competency or level is None):
        part.complain("competency", "A milestone names its competency and level.")
    if kind is StepKind.ASSIGNMENT and not competency:
        part.complain("competency", "An assignment names its competency.")
    address = part.text("address", most=2_000)
    if address and not address.startswith(("https://", "http://")):
        part.complain("address", "This is no web address.")
    return {
        "kind": kind.value if kind else "",
        "course": course,
        "competency": competency,
        "level": level,
        "address": address,
    }


def _due(part: Part) -> dict[str, Any]:
    due = part.part("due")
    start = member_of(due, "from", DueFrom)
    days = whole_if_any(due, "days", lowest=0, highest=LONGEST_DAYS)
    day = _day(due) if due.has("date") else None
    if start is DueFrom.STAGE and days is None:
        due.complain("days", "Give the number of days after the stage begins.")
    if start is DueFrom.DATE and day is None:
        due.complain("date", "Give the day.")
    is_day = start is DueFrom.DATE
    return {
        "from": start.value if start else "",
        "days": None if is_day else days,
        "date": day if is_day else None,
    }


def _day(due: Part) -> str | None:
    typed = due.text("date", most=10, required=True)
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        due.complain("date", f"“{typed}” is not a day written as year-month-day.")
        return None
