"""A pathway in words that mean the same elsewhere: items known by identifiers, and a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ldtrack.core.guids import guid_of
from ldtrack.evidence.domain import SourceKind
from ldtrack.pathways.domain.plan import (
    Confidence,
    Due,
    DueFrom,
    Gate,
    Group,
    Plan,
    Stage,
    Step,
    StepKind,
)


class ItemKind(StrEnum):
    """What of a pathway travels; courses and questionnaires are others' and travel beside it."""

    PATHWAY = "pathway"
    STAGE = "stage"
    CHOICE = "choice"
    STEP = "step"
    COURSE = "course"
    QUESTIONNAIRE = "questionnaire"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return self.value.capitalize()


@dataclass(frozen=True, kw_only=True)
class Item:
    """One piece; `fields` are plain values that name other things by identifier alone."""

    kind: ItemKind
    identifier: str
    fields: Mapping[str, Any]
    locked: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.fields["title"])


@dataclass(frozen=True, kw_only=True)
class Known:
    """Identifiers of what lies outside the pathway, by id; `own` is that of the pathway.

    `items` are those that things of the pathway came with, by kind and lineage; what came with
    none has one that follows from its lineage, so that it is the same whenever it goes out.
    """

    own: str
    competencies: Mapping[int, str]
    courses: Mapping[int, str]
    items: Mapping[tuple[ItemKind, int], str] = field(default_factory=dict)
    locked: frozenset[tuple[ItemKind, int]] = frozenset()

    def of(self, kind: ItemKind, lineage: int) -> str:
        """The identifier of a thing of the pathway."""
        return self.items.get((kind, lineage)) or guid_of(f"{kind}/{lineage}", within=self.own)


def items_of(plan: Plan, known: Known) -> tuple[Item, ...]:
    """The pathway, then stage after stage its choices and steps.

    A step that names an opening asks elsewhere for its competency alone: an opening has people who
    answer for it.
    """
    about = {"title": plan.title, "purpose": plan.purpose, "largest_share": plan.largest_share}
    found = [_item(known, ItemKind.PATHWAY, plan.pathway_id, about, identifier=known.own)]
    steps = {step.id: known.of(ItemKind.STEP, step.lineage) for step in plan.steps}
    for stage in plan.stages:
        here = known.of(ItemKind.STAGE, stage.lineage)
        gates = [_gate(gate, known) for gate in stage.gates]
        asked = {"title": stage.title, "gates": sorted(gates, key=lambda one: one["competency"])}
        found.append(_item(known, ItemKind.STAGE, stage.lineage, asked))
        choices = {group.id: known.of(ItemKind.CHOICE, group.lineage) for group in stage.groups}
        for group in stage.groups:
            fields = {
                "title": group.title,
                "stage": here,
                "choose": group.choose,
                "weight": group.weight,
                "due": _due(group),
            }
            found.append(_item(known, ItemKind.CHOICE, group.lineage, fields))
        for step in stage.steps:
            fields = {
                "title": step.title,
                "what": _what(step, known),
                "text": step.text,
                "required": step.required,
                "weight": step.weight,
                "place": {"stage": here, "choice": choices.get(step.group_id or 0)},
                "due": _due(step),
                "after": sorted(steps[other] for other in step.requires),
            }
            found.append(_item(known, ItemKind.STEP, step.lineage, fields))
    return tuple(found)


def _item(
    known: Known, kind: ItemKind, lineage: int, fields: Mapping[str, Any], identifier: str = ""
) -> Item:
    return Item(
        kind=kind,
        identifier=identifier or known.of(kind, lineage),
        fields=fields,
        locked=(kind, lineage) in known.locked,
    )


def _gate(gate: Gate, known: Known) -> dict[str, Any]:
    return {
        "competency": known.competencies[gate.competency_id],
        "level": gate.level,
        "confidence": gate.confidence.value if gate.confidence else None,
        "kinds": sorted(kind.value for kind in gate.kinds),
    }


def _due(due: Due) -> dict[str, Any]:
    return {
        "from": due.due_from.value,
        "days": due.due_days,
        "date": due.due_date.isoformat() if due.due_date else None,
    }


def _what(step: Step, known: Known) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "course": known.courses[step.course_id] if step.course_id is not None else None,
        "competency": known.competencies[step.competency_id]
        if step.competency_id is not None
        else None,
        "level": step.level,
        "address": step.address,
    }


@dataclass(frozen=True, kw_only=True)
class Ids:
    """Ids here of what items name, by identifier; `lineages` of the items themselves."""

    lineages: Mapping[str, int]
    competencies: Mapping[str, int]
    courses: Mapping[str, int]


def stages_of_items(items: Sequence[Item], ids: Ids) -> tuple[Stage, ...]:
    """Stages as they can be stored; every id in them but those of courses and competencies is the
    lineage of the thing, for the copy gets ids of its own."""
    steps = [item for item in items if item.kind is ItemKind.STEP]
    choices = [item for item in items if item.kind is ItemKind.CHOICE]
    here = {item.identifier for item in items}
    return tuple(
        Stage(
            id=ids.lineages[stage.identifier],
            lineage=ids.lineages[stage.identifier],
            title=stage.title,
            gates=tuple(_stored_gate(gate, ids) for gate in stage.fields["gates"]),
            groups=tuple(
                _stored_choice(choice, ids)
                for choice in choices
                if choice.fields["stage"] == stage.identifier
            ),
            steps=tuple(
                _stored_step(step, ids, here)
                for step in steps
                if step.fields["place"]["stage"] == stage.identifier
            ),
        )
        for stage in items
        if stage.kind is ItemKind.STAGE
    )


def _stored_gate(gate: Mapping[str, Any], ids: Ids) -> Gate:
    return Gate(
        id=0,
        competency_id=ids.competencies[gate["competency"]],
        competency="",
        level=gate["level"],
        confidence=Confidence(gate["confidence"]) if gate["confidence"] else None,
        kinds=tuple(SourceKind(kind) for kind in gate["kinds"]),
    )


def _stored_choice(choice: Item, ids: Ids) -> Group:
    lineage = ids.lineages[choice.identifier]
    return Group(
        id=lineage,
        lineage=lineage,
        title=choice.title,
        choose=choice.fields["choose"],
        weight=choice.fields["weight"],
        **_stored_due(choice.fields["due"]),
    )


def _stored_step(step: Item, ids: Ids, here: Iterable[str]) -> Step:
    what, place = step.fields["what"], step.fields["place"]
    lineage = ids.lineages[step.identifier]
    choice = place["choice"] if place["choice"] in here else None
    alone = choice is None
    due = _stored_due(step.fields["due"]) if alone else {}
    return Step(
        id=lineage,
        lineage=lineage,
        kind=StepKind(what["kind"]),
        title=step.title,
        text=step.fields["text"],
        required=step.fields["required"] and alone,
        weight=step.fields["weight"] if alone else 1,
        course_id=ids.courses[what["course"]] if what["course"] else None,
        competency_id=ids.competencies[what["competency"]] if what["competency"] else None,
        level=what["level"],
        address=what["address"],
        group_id=None if choice is None else ids.lineages[choice],
        requires=tuple(ids.lineages[other] for other in step.fields["after"] if other in here),
        **due,
    )


def _stored_due(due: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "due_from": DueFrom(due["from"]),
        "due_days": due["days"],
        "due_date": date.fromisoformat(due["date"]) if due["date"] else None,
    }
