"""What in pathways names certain competencies, for whoever changes them."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import NamingStep, Route, StepKind, StepPlace, VersionState
from ldtrack.pathways.models import Pathway, PathwayVersion, Stage, StageGate, Step

_GATE, _STEP = "gate", "step"
NAME_A_COMPETENCY = (StepKind.MILESTONE, StepKind.ASSIGNMENT)
"""Kinds of steps that say themselves what they are about."""


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


def routes(
    session: Session, actor: Actor, framework_version_id: int, competency_ids: Collection[int]
) -> list[Route]:
    """The published versions and drafts of an edition's pathways, by title, with their steps that
    name one of the competencies, and with those of drafts that might; drafts for their authors.

    One statement.
    """
    is_draft = PathwayVersion.state == VersionState.DRAFT
    might = and_(is_draft, Step.kind.in_(NAME_A_COMPETENCY))
    rows = session.execute(
        select(PathwayVersion, Pathway.title, Step)
        .join(Pathway, Pathway.id == PathwayVersion.pathway_id)
        .outerjoin(Stage, Stage.version_id == PathwayVersion.id)
        .outerjoin(
            Step,
            and_(
                Step.stage_id == Stage.id,
                or_(might, Step.competency_id.in_(sorted(set(competency_ids)))),
            ),
        )
        .where(
            Pathway.framework_version_id == framework_version_id,
            or_(
                PathwayVersion.state == VersionState.PUBLISHED,
                is_draft & policy.clause(actor, Action.WRITE_PATHWAY),
            ),
        )
        .order_by(
            Pathway.title,
            PathwayVersion.pathway_id,
            PathwayVersion.number,
            Stage.position,
            Step.position,
            Step.id,
        )
    )
    found = []
    for version, part in groupby(rows, key=lambda row: row[0]):
        each = list(part)
        # A version without such a step comes with none.
        steps: list[Step] = list(filter(None, (step for *_, step in each)))
        found.append(
            Route(
                version_id=version.id,
                pathway_id=version.pathway_id,
                pathway=each[0][1],
                number=version.number,
                state=VersionState(version.state),
                steps=tuple(
                    NamingStep(
                        id=step.id,
                        title=step.title,
                        kind=StepKind(step.kind),
                        competency_id=step.competency_id,
                    )
                    for step in steps
                ),
            )
        )
    return found
