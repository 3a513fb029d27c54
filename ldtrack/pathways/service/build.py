"""Designing a pathway: its stages with their gates, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import VersionState as FrameworkState
from ldtrack.competencies.queries import competencies, framework, scale
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.db.places import number, swap
from ldtrack.pathways.domain import (
    SMALLEST_SHARE,
    CreatePathway,
    DescribePathway,
    ItemKind,
    WriteGate,
    WriteStage,
)
from ldtrack.pathways.models import Pathway, PathwayVersion, Stage, StageGate, StageGateKind
from ldtrack.pathways.service import drafts
from ldtrack.pathways.service.locks import require_unlocked


def create_pathway(session: Session, actor: Actor, command: CreatePathway) -> int:
    """Make a pathway with an empty draft. Returns the id of the draft."""
    drafts.may_write(actor, actor.organisation_id)
    if framework(session, command.framework_version_id).state is not FrameworkState.PUBLISHED:
        raise RuleBroken("framework_version_id", "Choose a framework version that is published.")
    title_is_free(session, command.title)
    pathway = Pathway(
        title=command.title,
        purpose=command.purpose,
        framework_version_id=command.framework_version_id,
    )
    session.add(pathway)
    session.flush()
    version = PathwayVersion(pathway_id=pathway.id, number=1)
    session.add(version)
    session.flush()
    return version.id


def describe_pathway(
    session: Session, actor: Actor, pathway_id: int, command: DescribePathway
) -> None:
    """Rename a pathway; this is no change of what it asks for, so versions stay."""
    pathway = session.get(Pathway, pathway_id)
    if pathway is None:
        raise NotVisible
    drafts.may_write(actor, pathway.organisation_id)
    require_unlocked(session, ItemKind.PATHWAY, pathway_id)
    title_is_free(session, command.title, but=pathway_id)
    pathway.title = command.title
    pathway.purpose = command.purpose
    if not SMALLEST_SHARE <= command.largest_share <= 100:
        raise RuleBroken("largest_share", f"Give a number from {SMALLEST_SHARE} to 100.")
    pathway.largest_share = command.largest_share
    session.flush()


def add_stage(session: Session, actor: Actor, version_id: int, command: WriteStage) -> int:
    """Add a stage at the end of a draft. Returns its id."""
    drafts.draft(session, actor, version_id)
    position = len(drafts.stages_in(session, version_id))
    stage = Stage(version_id=version_id, position=position, title=command.title)
    session.add(stage)
    session.flush()
    _set_gates(session, stage, command.gates)
    return stage.id


def change_stage(session: Session, actor: Actor, stage_id: int, command: WriteStage) -> None:
    """Rename a stage, and set its gates anew if they are given."""
    stage = drafts.stage(session, actor, stage_id)
    require_unlocked(session, ItemKind.STAGE, stage.lineage)
    stage.title = command.title
    session.flush()
    _set_gates(session, stage, command.gates)


def write_gate(session: Session, actor: Actor, stage_id: int, command: WriteGate) -> None:
    """Let a stage ask for a level of one competency, in place of what it asked of it before."""
    stage = drafts.stage(session, actor, stage_id)
    require_unlocked(session, ItemKind.STAGE, stage.lineage)
    check_levels(
        session,
        framework_of(session, stage),
        {command.competency_id: command.level},
        field="competency_id",
    )
    _remove_gate(session, stage_id, command.competency_id)
    gate = StageGate(
        stage_id=stage_id,
        competency_id=command.competency_id,
        level=command.level,
        confidence=command.confidence,
    )
    session.add(gate)
    session.flush()
    session.add_all(StageGateKind(gate_id=gate.id, kind=kind) for kind in command.kinds)
    session.flush()


def remove_gate(session: Session, actor: Actor, stage_id: int, competency_id: int) -> None:
    """Ask for a level of the competency no longer."""
    stage = drafts.stage(session, actor, stage_id)
    require_unlocked(session, ItemKind.STAGE, stage.lineage)
    _remove_gate(session, stage_id, competency_id)


def _remove_gate(session: Session, stage_id: int, competency_id: int) -> None:
    session.execute(
        delete(StageGate).where(
            StageGate.stage_id == stage_id, StageGate.competency_id == competency_id
        )
    )


def framework_of(session: Session, stage: Stage) -> int:
    """The framework version that the stage's pathway takes its competencies from."""
    version = session.get_one(PathwayVersion, stage.version_id)
    return session.get_one(Pathway, version.pathway_id).framework_version_id


def move_stage(session: Session, actor: Actor, stage_id: int, *, up: bool) -> None:
    """Let a stage change places with its neighbour; at the end of the row nothing happens."""
    stage = drafts.stage(session, actor, stage_id)
    swap(drafts.stages_in(session, stage.version_id), stage, up=up)
    session.flush()


def remove_stage(session: Session, actor: Actor, stage_id: int) -> None:
    """Take a stage out of a draft, with its steps and all that waited for them."""
    stage = drafts.stage(session, actor, stage_id)
    require_unlocked(session, ItemKind.STAGE, stage.lineage)
    for step in drafts.steps_in(session, stage_id):
        require_unlocked(session, ItemKind.STEP, step.lineage)
    session.delete(stage)
    session.flush()
    number(drafts.stages_in(session, stage.version_id))
    session.flush()


def title_is_free(session: Session, title: str, *, but: int = 0) -> None:
    """Raise `RuleBroken` if another pathway is called so."""
    taken = session.scalar(select(Pathway.id).where(Pathway.title == title, Pathway.id != but))
    if taken is not None:
        raise RuleBroken("title", "There is a pathway of that title already.")


def _set_gates(session: Session, stage: Stage, gates: Mapping[int, int] | None) -> None:
    if gates is None:
        return
    check_levels(session, framework_of(session, stage), gates, field="gates")
    session.execute(delete(StageGate).where(StageGate.stage_id == stage.id))
    session.add_all(
        StageGate(stage_id=stage.id, competency_id=competency_id, level=level)
        for competency_id, level in gates.items()
    )
    session.flush()


def check_levels(
    session: Session, framework_version_id: int, levels: Mapping[int, int], *, field: str
) -> None:
    """Raise `RuleBroken` unless these are competencies and levels of the framework version."""
    if not levels:
        return
    known = {row.id for row in competencies(session, framework_version_id)}
    if not known.issuperset(levels):
        raise RuleBroken(field, "Choose competencies of the pathway's framework.")
    values = {level.value for level in scale(session, framework_version_id).levels}
    if wrong := sorted(set(levels.values()) - values):
        raise RuleBroken(field, f"There is no level {wrong[0]} on this framework's scale.")
