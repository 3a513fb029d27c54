"""What the forms of pathways offer to choose among."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import postings_for
from ldtrack.competencies import queries as competency_map
from ldtrack.courses.queries import courses_on_offer
from ldtrack.pathways.domain import Due, DueFrom, Gate, Group, Plan, Stage, Step, StepKind
from ldtrack.ui.fields import Option

Choices = dict[str, Sequence[Option]]
"""Options by the name of the field."""


def framework_options(session: Session) -> list[Option]:
    """Framework versions that are published."""
    return [
        Option(id=row.framework_version_id, label=f"{row.title}, version {row.version}")
        for row in competency_map.published_frameworks(session)
    ]


def competency_options(session: Session, plan: Plan) -> list[Option]:
    """The competencies of the pathway's framework, under their domains."""
    rows = competency_map.competencies(session, plan.framework_version_id)
    return [Option(id=row.id, label=row.name, group=row.domain) for row in rows]


def level_options(session: Session, plan: Plan) -> list[Option]:
    """The levels of the framework's scale, with their words."""
    scale = competency_map.scale(session, plan.framework_version_id)
    return [
        Option(id=str(level.value), label=f"{level.value} · {level.label}")
        for level in scale.levels
    ]


def role_profile_options(session: Session, plan: Plan) -> list[Option]:
    """The role profiles of the pathway's framework."""
    return [
        Option(id=row.id, label=row.name)
        for row in competency_map.role_profiles(session)
        if row.framework_version_id == plan.framework_version_id
    ]


def course_options(session: Session) -> list[Option]:
    """The courses on offer."""
    return [Option(id=row.id, label=row.title, note=row.code) for row in courses_on_offer(session)]


def posting_options(session: Session, plan: Plan) -> list[Option]:
    """The postings that develop a competency of the pathway's framework, by title."""
    competencies = competency_map.competencies(session, plan.framework_version_id)
    by_competency = postings_for(session, [row.id for row in competencies])
    found = {row.id: row.title for rows in by_competency.values() for row in rows}
    return [
        Option(id=posting_id, label=title)
        for posting_id, title in sorted(found.items(), key=lambda each: (each[1], each[0]))
    ]


def step_options(session: Session, actor: Actor, plan: Plan, kind: StepKind) -> Choices:
    """What a step of the kind can name."""
    if kind is StepKind.COURSE:
        return {"course_id": course_options(session)}
    if kind is StepKind.MILESTONE:
        return {
            "competency_id": competency_options(session, plan),
            "level": level_options(session, plan),
        }
    if kind is StepKind.ASSIGNMENT:
        return {
            "competency_id": competency_options(session, plan),
            "posting_id": posting_options(session, plan),
        }
    return {}


def steps_before(plan: Plan, step_id: int | None) -> list[Option]:
    """The steps that another step, by its id if it has one, can come after."""
    return [
        Option(id=step.id, label=step.title, note=step.kind.label, group=stage.title)
        for stage in plan.stages
        for step in stage.steps
        if step.id != step_id
    ]


def as_written(step: Step) -> dict[str, object]:
    """A step as its form shows it."""
    return {
        "course_id": step.course_id,
        "competency_id": step.competency_id,
        "level": None if step.level is None else str(step.level),
        "posting_id": step.posting_id,
        "title": step.title,
        "text": step.text,
        "required": step.required,
        "weight": step.weight,
        **_due_as_written(step),
        "group_id": step.group_id,
        "address": step.address,
        "requires": list(step.requires),
    }


def group_options(stage: Stage) -> list[Option]:
    """The choices of a stage."""
    return [Option(id=group.id, label=f"{group.title}: {group.choose}") for group in stage.groups]


def group_as_written(group: Group) -> dict[str, object]:
    """A choice as its form shows it."""
    return {
        "title": group.title,
        "choose": group.choose,
        "weight": group.weight,
        **_due_as_written(group),
    }


def gate_as_written(gate: Gate) -> dict[str, object]:
    """A gate as its form shows it."""
    return {
        "competency_id": gate.competency_id,
        "level": str(gate.level),
        "confidence": gate.confidence,
        "kinds": list(gate.kinds),
    }


def _due_as_written(due: Due) -> dict[str, object]:
    return {
        "due_from": None if due.due_from is DueFrom.ENROLMENT else due.due_from,
        "due_days": due.due_days,
        "due_date": due.due_date,
    }
