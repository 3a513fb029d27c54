"""Designing choices within the stages of a draft: so many of these steps."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.pathways.domain import HEAVIEST, DueFrom, ItemKind, WriteGroup
from ldtrack.pathways.models import Step, StepGroup
from ldtrack.pathways.service import drafts
from ldtrack.pathways.service.locks import require_unlocked
from ldtrack.pathways.service.steps import check_due


def add_group(session: Session, actor: Actor, stage_id: int, command: WriteGroup) -> int:
    """Add a choice to a stage of a draft, without steps yet. Returns its id."""
    drafts.stage(session, actor, stage_id)
    _check(command)
    group = StepGroup(stage_id=stage_id)
    _write(group, command)
    session.add(group)
    session.flush()
    return group.id


def change_group(session: Session, actor: Actor, group_id: int, command: WriteGroup) -> None:
    """Write a choice anew."""
    group = _group(session, actor, group_id)
    require_unlocked(session, ItemKind.CHOICE, group.lineage)
    _check(command)
    _write(group, command)
    session.flush()


def remove_group(session: Session, actor: Actor, group_id: int) -> None:
    """Take a choice out of a draft; its steps stay, each required by itself."""
    group = _group(session, actor, group_id)
    require_unlocked(session, ItemKind.CHOICE, group.lineage)
    for lineage in session.scalars(select(Step.lineage).where(Step.group_id == group_id)):
        require_unlocked(session, ItemKind.STEP, lineage)
    session.execute(
        update(Step).where(Step.group_id == group_id).values(group_id=None, required=True)
    )
    session.delete(group)
    session.flush()


def _group(session: Session, actor: Actor, group_id: int) -> StepGroup:
    group = session.scalar(select(StepGroup).where(StepGroup.id == group_id))
    if group is None:
        raise NotVisible
    drafts.stage(session, actor, group.stage_id)
    return group


def _check(command: WriteGroup) -> None:
    if command.choose < 1:
        raise RuleBroken("choose", "Ask for at least one step.")
    if not 1 <= command.weight <= HEAVIEST:
        raise RuleBroken("weight", f"Give a weight from 1 to {HEAVIEST}.")
    check_due(command)


def _write(group: StepGroup, command: WriteGroup) -> None:
    group.title = command.title
    group.choose = command.choose
    group.weight = command.weight
    group.due_from = command.due_from
    group.due_days = None if command.due_from is DueFrom.DATE else command.due_days
    group.due_date = command.due_date if command.due_from is DueFrom.DATE else None
