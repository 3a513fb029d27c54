"""Designing the steps of a draft: what they ask for, their order and what they wait for."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import postings_named
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.courses.queries import courses_named
from ldtrack.db.places import number, swap
from ldtrack.pathways.domain import (
    HEAVIEST,
    LONGEST_DAYS,
    DueFrom,
    ItemKind,
    Plan,
    StepKind,
    WriteGroup,
    WriteStep,
    order,
)
from ldtrack.pathways.models import Prerequisite, Stage, Step, StepGroup
from ldtrack.pathways.queries import plans
from ldtrack.pathways.queries.naming import NAME_A_COMPETENCY
from ldtrack.pathways.service import drafts
from ldtrack.pathways.service.build import check_levels
from ldtrack.pathways.service.locks import require_unlocked


def add_step(session: Session, actor: Actor, stage_id: int, command: WriteStep) -> int:
    """Add a step at the end of a stage of a draft. Returns its id."""
    stage = drafts.stage(session, actor, stage_id)
    _check(session, stage, command)
    position = len(drafts.steps_in(session, stage_id))
    step = Step(stage_id=stage_id, position=position, kind=command.kind)
    _write(step, command)
    session.add(step)
    session.flush()
    _set_requires(session, _plan(session, stage), step.id, command.requires)
    return step.id


def change_step(session: Session, actor: Actor, step_id: int, command: WriteStep) -> None:
    """Write a step anew; its kind stays."""
    step, stage = drafts.step(session, actor, step_id)
    if command.kind != step.kind:
        raise RuleBroken("kind", "A step keeps its kind. Remove it and add another one.")
    require_unlocked(session, ItemKind.STEP, step.lineage)
    _check(session, stage, command)
    _write(step, command)
    session.flush()
    _set_requires(session, _plan(session, stage), step_id, command.requires)


def name_competency(
    session: Session, actor: Actor, step_id: int, competency_id: int, level: int | None
) -> None:
    """Let a milestone or an assignment of a draft be about a competency; a milestone at a level."""
    step, stage = drafts.step(session, actor, step_id)
    require_unlocked(session, ItemKind.STEP, step.lineage)
    if step.kind not in NAME_A_COMPETENCY:
        raise RuleBroken("step", "Only milestones and assignments name a competency.")
    if step.kind == StepKind.MILESTONE and level is None:
        raise RuleBroken("level", "Choose the level that the milestone shows.")
    framework_version_id = _plan(session, stage).framework_version_id
    levels = {competency_id: level or 1}
    check_levels(session, framework_version_id, levels, field="step")
    step.competency_id = competency_id
    step.level = level if step.kind == StepKind.MILESTONE else None
    session.flush()


def name_no_competency(session: Session, actor: Actor, step_id: int, competency_id: int) -> None:
    """Let an assignment of a draft be about that competency no more, if it names a posting."""
    step, _ = drafts.step(session, actor, step_id)
    require_unlocked(session, ItemKind.STEP, step.lineage)
    if step.competency_id != competency_id:
        raise NotVisible
    if step.kind == StepKind.MILESTONE:
        raise RuleBroken("step", "A milestone is about a competency: give it another one instead.")
    if step.posting_id is None:
        raise RuleBroken("step", "Then the step would ask for nothing: edit it instead.")
    step.competency_id = None
    session.flush()


def require(session: Session, actor: Actor, step_id: int, requires: Collection[int]) -> None:
    """Say which steps come before a step; a circle is refused and named."""
    step, stage = drafts.step(session, actor, step_id)
    require_unlocked(session, ItemKind.STEP, step.lineage)
    _set_requires(session, _plan(session, stage), step_id, requires)


def move_step(session: Session, actor: Actor, step_id: int, *, up: bool) -> None:
    """Let a step change places with its neighbour; beyond the edge of its stage lies the next."""
    step, stage = drafts.step(session, actor, step_id)
    if not swap(drafts.steps_in(session, stage.id), step, up=up):
        _cross(session, step, stage, up=up)
    session.flush()


def remove_step(session: Session, actor: Actor, step_id: int) -> None:
    """Take a step out of a draft; what came after it no longer waits for it."""
    step, stage = drafts.step(session, actor, step_id)
    require_unlocked(session, ItemKind.STEP, step.lineage)
    session.delete(step)
    session.flush()
    number(drafts.steps_in(session, stage.id))
    session.flush()


def _cross(session: Session, step: Step, stage: Stage, *, up: bool) -> None:
    stages = drafts.stages_in(session, stage.version_id)
    there = stages.index(stage) + (-1 if up else 1)
    if not 0 <= there < len(stages):
        return
    require_unlocked(session, ItemKind.STEP, step.lineage)
    row = drafts.steps_in(session, stages[there].id)
    row.insert(len(row) if up else 0, step)
    step.stage_id = stages[there].id
    # A choice stays in its stage; what leaves it is required by itself.
    step.required = step.required or step.group_id is not None
    step.group_id = None
    number(row)
    session.flush()
    number(drafts.steps_in(session, stage.id))


def _write(step: Step, command: WriteStep) -> None:
    step.title = command.title
    step.course_id = command.course_id
    step.posting_id = command.posting_id
    step.competency_id = command.competency_id
    step.level = command.level
    step.text = command.text
    step.address = command.address
    step.group_id = command.group_id
    alone = command.group_id is None
    step.required = command.required and alone
    step.weight = command.weight if alone else 1
    step.due_from = command.due_from if alone else DueFrom.ENROLMENT
    step.due_days = command.due_days if alone and step.due_from is not DueFrom.DATE else None
    step.due_date = command.due_date if alone and step.due_from is DueFrom.DATE else None


def _check(session: Session, stage: Stage, command: WriteStep) -> None:
    if not 1 <= command.weight <= HEAVIEST:
        raise RuleBroken("weight", f"Give a weight from 1 to {HEAVIEST}.")
    check_due(command)
    here = session.scalar(select(StepGroup.stage_id).where(StepGroup.id == (command.group_id or 0)))
    if command.group_id is not None and here != stage.id:
        raise RuleBroken("group_id", "Choose a choice of this stage.")
    _check_what_it_names(session, command)
    if command.competency_id is not None:
        framework_version_id = _plan(session, stage).framework_version_id
        # Only the competency is to be checked where no level is asked for.
        level = command.level or 1
        levels = {command.competency_id: level}
        check_levels(session, framework_version_id, levels, field="competency_id")


def check_due(command: WriteStep | WriteGroup) -> None:
    """Raise `RuleBroken` unless the due rule says all that it needs."""
    if command.due_days is not None and not 0 <= command.due_days <= LONGEST_DAYS:
        raise RuleBroken("due_days", f"Give a number of days from 0 to {LONGEST_DAYS}.")
    if command.due_from is DueFrom.STAGE and command.due_days is None:
        raise RuleBroken("due_days", "Give the number of days after the stage begins.")
    if command.due_from is DueFrom.DATE and command.due_date is None:
        raise RuleBroken("due_date", "Give the day.")


def _check_what_it_names(session: Session, command: WriteStep) -> None:
    if command.kind is StepKind.COURSE and command.course_id is None:
        raise RuleBroken("course_id", "Choose the course.")
    if command.course_id is not None and not courses_named(session, [command.course_id]):
        raise RuleBroken("course_id", "This course is not in the catalogue.")
    if command.posting_id is not None and not postings_named(session, [command.posting_id]):
        raise RuleBroken("posting_id", "There is no such posting.")
    if command.kind is StepKind.MILESTONE:
        if command.competency_id is None:
            raise RuleBroken("competency_id", "Choose the competency of the milestone.")
        if command.level is None:
            raise RuleBroken("level", "Choose the level that the milestone shows.")
    if command.kind is StepKind.ASSIGNMENT and command.posting_id is command.competency_id is None:
        raise RuleBroken("competency_id", "Choose a competency or name a posting.")


def _plan(session: Session, stage: Stage) -> Plan:
    return plans(session, [stage.version_id])[stage.version_id]


def _set_requires(session: Session, plan: Plan, step_id: int, requires: Collection[int]) -> None:
    titles = {step.id: step.title for step in plan.steps}
    wanted = {other for other in requires if other in titles}
    if len(wanted) < len(set(requires)):
        raise RuleBroken("requires", "Choose steps of this version.")
    order(titles, {**{step.id: step.requires for step in plan.steps}, step_id: wanted})
    session.execute(delete(Prerequisite).where(Prerequisite.step_id == step_id))
    session.add_all(Prerequisite(step_id=step_id, requires_id=other) for other in sorted(wanted))
    session.flush()
