"""Finding what is to be changed, and refusing where it may not or can no longer be."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.pathways.domain import VersionState
from ldtrack.pathways.models import PathwayVersion, Stage, Step


def may_write(actor: Actor, organisation_id: int) -> None:
    """Raise `NotAllowed` unless the actor builds pathways of this organisation."""
    policy.require(actor, Action.WRITE_PATHWAY, Facts(organisation_id=organisation_id))


def version(session: Session, actor: Actor, version_id: int) -> PathwayVersion:
    """A version that the actor may write, in whatever state."""
    found = session.get(PathwayVersion, version_id)
    if found is None:
        raise NotVisible
    may_write(actor, found.organisation_id)
    return found


def draft(session: Session, actor: Actor, version_id: int) -> PathwayVersion:
    """A version that may still change."""
    found = version(session, actor, version_id)
    if found.state != VersionState.DRAFT:
        raise Conflict("A published version does not change. Start a new version to change it.")
    return found


def stage(session: Session, actor: Actor, stage_id: int) -> Stage:
    """A stage of a draft."""
    found = session.get(Stage, stage_id)
    if found is None:
        raise NotVisible
    draft(session, actor, found.version_id)
    return found


def step(session: Session, actor: Actor, step_id: int) -> tuple[Step, Stage]:
    """A step of a draft, and its stage."""
    found = session.get(Step, step_id)
    if found is None:
        raise NotVisible
    return found, stage(session, actor, found.stage_id)


def stages_in(session: Session, version_id: int) -> list[Stage]:
    """The stages of a version in order."""
    return list(
        session.scalars(
            select(Stage).where(Stage.version_id == version_id).order_by(Stage.position, Stage.id)
        )
    )


def steps_in(session: Session, stage_id: int) -> list[Step]:
    """The steps of a stage in order."""
    return list(
        session.scalars(
            select(Step).where(Step.stage_id == stage_id).order_by(Step.position, Step.id)
        )
    )
