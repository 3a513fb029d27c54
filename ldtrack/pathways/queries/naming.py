"""What in pathways names certain competencies, for whoever changes them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.pathways.domain import StepPlace, VersionState
from ldtrack.pathways.models import Pathway, PathwayVersion, Stage, StageGate


def gates_asking(session: Session, competency_ids: Collection[int]) -> list[StepPlace]:
    """Stages of published versions that close only at a level of one of the competencies."""
    rows = session.execute(
        select(PathwayVersion.id, Pathway.title, Stage.title)
        .join(Stage, Stage.version_id == PathwayVersion.id)
        .join(Pathway, Pathway.id == PathwayVersion.pathway_id)
        .where(
            Stage.id.in_(
                select(StageGate.stage_id).where(
                    StageGate.competency_id.in_(sorted(set(competency_ids)))
                )
            ),
            PathwayVersion.state == VersionState.PUBLISHED,
        )
        .order_by(Pathway.title, Stage.position, Stage.id)
    )
    return [
        StepPlace(version_id=version_id, pathway=title, step=stage)
        for version_id, title, stage in rows
    ]
