"""A version of a pathway as the table that comes in again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import postings_named
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.competencies.queries import competencies_named, framework
from ldtrack.core import ids
from ldtrack.courses.queries import courses_named
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.pathway_table.lines import CHOICE, COLUMNS, GATE, PATHWAY, STAGE
from ldtrack.pathways.domain import Due, DueFrom, Gate, Plan, Stage, Step
from ldtrack.pathways.queries import pathway


@dataclass(frozen=True, kw_only=True)
class _Names:
    competencies: Mapping[int, CompetencyRow]
    courses: Mapping[int, str]
    openings: Mapping[int, str]


def write_table(session: Session, actor: Actor, version_id: int) -> tuple[bytes, Plan]:
    """The file of a version and what it was made of; keys in it tell steps apart that share a name
    and make a step the same although it is renamed."""
    plan = pathway(session, actor, version_id)
    edition = framework(session, plan.framework_version_id)
    named = {step.competency_id or 0 for step in plan.steps}
    named |= {gate.competency_id for stage in plan.stages for gate in stage.gates}
    names = _Names(
        competencies=competencies_named(session, named),
        courses={
            id_: row.code
            for id_, row in courses_named(
                session, [step.course_id for step in plan.steps if step.course_id]
            ).items()
        },
        openings={
            id_: row.title
            for id_, row in postings_named(
                session, [step.posting_id for step in plan.steps if step.posting_id]
            ).items()
        },
    )
    about = {
        "kind": PATHWAY,
        "title": plan.title,
        "text": plan.purpose,
        "framework": edition.key,
        "edition": edition.version,
        "largest_share": plan.largest_share,
    }
    rows = [about, *(row for stage in plan.stages for row in _stage(stage, plan, names))]
    return csv_file(COLUMNS, ([row.get(name, "") for name in COLUMNS] for row in rows)), plan


def _stage(stage: Stage, plan: Plan, names: _Names) -> Iterator[dict[str, object]]:
    yield {"kind": STAGE, "title": stage.title, "key": ids.encode(stage.lineage)}
    for group in stage.groups:
        yield {
            "kind": CHOICE,
            "title": group.title,
            "key": ids.encode(group.lineage),
            "choose": group.choose,
            "due": _due(group),
            "weight": group.weight,
        }
    keys = {step.id: ids.encode(step.lineage) for step in plan.steps}
    choices = {group.id: ids.encode(group.lineage) for group in stage.groups}
    for step in stage.steps:
        yield _step(step, keys, choices, names)
    for gate in stage.gates:
        yield _gate(gate, names)


def _step(
    step: Step, keys: Mapping[int, str], choices: Mapping[int, str], names: _Names
) -> dict[str, object]:
    row: dict[str, object] = {
        "kind": step.kind.value,
        "title": step.title,
        "key": keys[step.id],
        "after": "; ".join(keys[other] for other in step.requires),
        "course": names.courses.get(step.course_id or 0, ""),
        "opening": names.openings.get(step.posting_id or 0, ""),
        "level": step.level,
        "text": step.text,
        "address": step.address,
    }
    if step.competency_id:
        row |= _competency(step.competency_id, names)
    if step.group_id is not None:
        return row | {"choice": choices[step.group_id]}
    return row | {"required": step.required, "due": _due(step), "weight": step.weight}


def _gate(gate: Gate, names: _Names) -> dict[str, object]:
    return {
        "kind": GATE,
        **_competency(gate.competency_id, names),
        "level": gate.level,
        "certainty": gate.confidence.label if gate.confidence else "",
        "evidence": "; ".join(kind.label for kind in gate.kinds),
    }


def _competency(competency_id: int, names: _Names) -> dict[str, object]:
    row = names.competencies[competency_id]
    return {"competency_id": row.key, "competency": row.name}


def _due(due: Due) -> str:
    if due.due_from is DueFrom.DATE and due.due_date is not None:
        return due.due_date.isoformat()
    if due.due_days is None:
        return ""
    return f"{due.due_days} days{' into the stage' if due.due_from is DueFrom.STAGE else ''}"
