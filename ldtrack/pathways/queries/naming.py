"""What in pathways names certain competencies, for whoever changes them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from ldtrack.pathways.domain import StepPlace, VersionState
from ldtrack.pathways.models import Pathway, PathwayVersion, Stage, StageGate, Step

_GATE, _STEP = "gate", "step"


def places_naming(
    session: Session, competency_ids: Collection[int]
) -> tuple[list[StepPlace], list[StepPlace]]:
    """The stages of published versions that close only at a level of one of the competencies, and
    the steps that name one of them, in the order of the pathways. One statement."""
    wanted = sorted(set(competency_ids))
    gated = select(StageGate.stage_id).where(StageGate.competency_id.in_(wanted))
    gates = (
        select(
            literal(_GATE).label("kind"),
            PathwayVersion.id,
            Pathway.title,
            Stage.title.label("what"),
            Stage.position.label("stage"),
            literal(0).label("place"),
        )
        .join(Stage, Stage.version_id == PathwayVersion.id)
        .where(Stage.id.in_(gated))
    )
    steps = (
        select(
            literal(_STEP),
            PathwayVersion.id,
            Pathway.title,
            Step.title,
            Stage.position,
            Step.position,
        )
        .join(Stage, Stage.version_id == PathwayVersion.id)
        .join(Step, Step.stage_id == Stage.id)
        .where(Step.competency_id.in_(wanted))
    )
    found: dict[str, list[StepPlace]] = {_GATE: [], _STEP: []}
    rows = session.execute(union_all(_published(gates), _published(steps))).all()
    for kind, version_id, title, what, *_ in sorted(
        rows, key=lambda row: (row[2], *row[4:], row[1])
    ):
        place = StepPlace(version_id=version_id, pathway=title, step=what)
        found[kind].append(place)
    return found[_GATE], found[_STEP]


def _published(
    wanted: Select[str, int, str, str, int, int],
) -> Select[str, int, str, str, int, int]:
    return wanted.join(Pathway, Pathway.id == PathwayVersion.pathway_id).where(
        PathwayVersion.state == VersionState.PUBLISHED
    )
