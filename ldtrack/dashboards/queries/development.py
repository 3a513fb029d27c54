"""Which competency of an edition is developed by what, and what develops none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import open_postings
from ldtrack.coaching.queries import milestones_for
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.competencies.queries import competencies
from ldtrack.courses.queries import courses_on_offer
from ldtrack.pathways.domain import Route, VersionState
from ldtrack.pathways.queries import routes

_MOST_OPENINGS = 500


class VehicleKind(StrEnum):
    """What develops competencies; milestones are personal, so they are only counted."""

    COURSE = "courses"
    MILESTONE = "milestones"
    OPENING = "assignments"
    STEP = "steps"


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """Something that develops a competency; `level` is what it is pitched at.

    `id` is that of the course, of the posting or of the pathway's version.
    """

    kind: VehicleKind
    id: int
    name: str
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class MapRow:
    """A competency and all that develops it."""

    competency: CompetencyRow
    courses: tuple[Vehicle, ...] = ()
    n_milestones: int = 0
    openings: tuple[Vehicle, ...] = ()
    steps: tuple[Vehicle, ...] = ()

    def count(self, kind: VehicleKind) -> int:
        """How many vehicles of a kind."""
        return {
            VehicleKind.COURSE: len(self.courses),
            VehicleKind.MILESTONE: self.n_milestones,
            VehicleKind.OPENING: len(self.openings),
            VehicleKind.STEP: len(self.steps),
        }[kind]

    @property
    def is_empty(self) -> bool:
        """Whether nothing develops it."""
        return not any(self.count(kind) for kind in VehicleKind)


@dataclass(frozen=True, kw_only=True)
class Development:
    """Every competency of an edition; `idle` are vehicles that develop nothing at all, `routes` the
    pathways of the edition in versions that are published or being written."""

    rows: tuple[MapRow, ...]
    idle: tuple[Vehicle, ...]
    routes: tuple[Route, ...] = ()


def development(
    session: Session, actor: Actor, framework_version_id: int, today: date
) -> Development:
    """The whole map of one edition."""
    rows = competencies(session, framework_version_id)
    wanted = [row.id for row in rows]
    courses, idle_courses = _sorted_out(
        VehicleKind.COURSE,
        (
            (row.id, row.title, [(each.competency_id, each.level) for each in row.develops])
            for row in courses_on_offer(session)
        ),
    )
    openings, idle_openings = _sorted_out(
        VehicleKind.OPENING,
        (
            (row.id, row.title, [(each.competency_id, each.level) for each in row.develops])
            for row in open_postings(session, actor, today, limit=_MOST_OPENINGS)
        ),
    )
    milestones = milestones_for(session, wanted)
    found = tuple(routes(session, actor, framework_version_id, wanted))
    steps = _steps(found)
    return Development(
        rows=tuple(
            MapRow(
                competency=row,
                courses=tuple(courses.get(row.id, ())),
                n_milestones=milestones.get(row.id, 0),
                openings=tuple(openings.get(row.id, ())),
                steps=tuple(steps.get(row.id, ())),
            )
            for row in rows
        ),
        idle=(*idle_courses, *idle_openings),
        routes=found,
    )


def _steps(found: Iterable[Route]) -> Mapping[int, list[Vehicle]]:
    """The steps of published versions, by the competency that they name."""
    steps: dict[int, list[Vehicle]] = defaultdict(list)
    for route in found:
        for step in route.steps if route.state is VersionState.PUBLISHED else ():
            vehicle = Vehicle(
                kind=VehicleKind.STEP,
                id=route.version_id,
                name=f"{step.title} ({route.pathway})",
            )
            steps[step.competency_id or 0].append(vehicle)
    return steps


def _sorted_out(
    kind: VehicleKind, found: Iterable[tuple[int, str, list[tuple[int, int]]]]
) -> tuple[dict[int, list[Vehicle]], list[Vehicle]]:
    by_competency: dict[int, list[Vehicle]] = defaultdict(list)
    idle: list[Vehicle] = []
    for id_, name, pairs in found:
        if not pairs:
            idle.append(Vehicle(kind=kind, id=id_, name=name))
        for competency_id, level in pairs:
            by_competency[competency_id].append(Vehicle(kind=kind, id=id_, name=name, level=level))
    return by_competency, idle
