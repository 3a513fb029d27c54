"""The leader's own word that they did what a step asks for, where no record of it is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.pathways.domain import Step, TellDone
from ldtrack.pathways.models import ToldStep
from ldtrack.pathways.queries import step_to_tell


def tell_done(session: Session, actor: Actor, command: TellDone, *, now: datetime) -> None:
    """Say that one did it; said twice, the later day holds."""
    step, person_id = _own(session, actor, command.step_id)
    if command.done_on > now.date():
        raise RuleBroken("done_on", "Give a day that is not in the future.")
    told = session.scalar(
        select(ToldStep).where(ToldStep.person_id == person_id, ToldStep.lineage == step.lineage)
    )
    if told is None:
        told = ToldStep(person_id=person_id, lineage=step.lineage)
        session.add(told)
    told.done_on = command.done_on
    session.flush()


def take_word_back(session: Session, actor: Actor, step_id: int) -> None:
    """Say that one did not."""
    step, person_id = _own(session, actor, step_id)
    session.execute(
        delete(ToldStep).where(ToldStep.person_id == person_id, ToldStep.lineage == step.lineage)
    )


def _own(session: Session, actor: Actor, step_id: int) -> tuple[Step, int]:
    """The step and whose word it is, else `NotVisible`."""
    step = step_to_tell(session, actor, step_id)
    if actor.person_id is None:
        raise NotVisible
    return step, actor.person_id
