"""What pathways there are, at a glance."""

from __future__ import annotations

from sqlalchemy import Select, func, literal, select

from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import VersionState
from ldtrack.pathways.models import Enrolment, PathwayVersion, Stage, Step
from ldtrack.pathways.queries.needs import OPEN_NEEDS, open_figure

__all__ = ["ENROLLED", "OPEN_NEEDS", "PUBLISHED", "developed", "figures"]

PUBLISHED = "pathways that are published"
ENROLLED = "people who were ever enrolled"


def figures(actor: Actor) -> tuple[Select[str, int], ...]:
    """Statements for a word and a count each, to be asked together with those of other rooms."""
    return (
        select(literal(PUBLISHED), func.count(PathwayVersion.id)).where(
            PathwayVersion.state == VersionState.PUBLISHED
        ),
        select(literal(ENROLLED), func.count(Enrolment.id)),
        open_figure(actor),
    )


def developed() -> Select[int | None]:
    """The competencies that a step of a published version names, as a part of a statement."""
    return (
        select(Step.competency_id)
        .join(Stage, Stage.id == Step.stage_id)
        .join(PathwayVersion, PathwayVersion.id == Stage.version_id)
        .where(PathwayVersion.state == VersionState.PUBLISHED, Step.competency_id.is_not(None))
    )
