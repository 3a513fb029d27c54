"""Which competency is developed by what, and what develops none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import open_postings
from ldtrack.coaching.queries import milestones_for
from ldtrack.competencies.domain import CompetencyRow, FrameworkRow
from ldtrack.competencies.queries import competencies, published_frameworks
from ldtrack.core.errors import NotVisible
from ldtrack.courses.queries import courses_on_offer
from ldtrack.dashboards.pages.words import Sentence, Target, plural
from ldtrack.pathways.queries import steps_developing

MOST_NAMED = 12
"""Vehicles named in one cell; the others are counted."""
_MOST_OPENINGS = 500


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """Something that develops a competency; `level` is what it is pitched at."""

    name: str
    target: Target
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How many vehicles of a kind, and the first of them by name."""

    count: int
    named: tuple[Vehicle, ...] = ()

    @property
    def n_more(self) -> int:
        """How many are not named."""
        return self.count - len(self.named)


@dataclass(frozen=True, kw_only=True)
class MapLine:
    """A competency with its cells; milestones are numbers only, for they are personal."""

    competency: CompetencyRow
    courses: Cell
    milestones: Cell
    openings: Cell
    steps: Cell

    @property
    def is_empty(self) -> bool:
        """Whether nothing develops it."""
        return not any(
            cell.count for cell in (self.courses, self.milestones, self.openings, self.steps)
        )


@dataclass(frozen=True, kw_only=True)
class MapPage:
    """The map of one framework version; `idle` are vehicles that develop nothing at all."""

    headline: Sentence
    frameworks: tuple[FrameworkRow, ...]
    chosen: FrameworkRow | None
    lines: tuple[MapLine, ...]
    idle: tuple[Vehicle, ...]


def map_page(
    session: Session, actor: Actor, framework_version_id: int | None, today: date
) -> MapPage:
    """The map of that version, or of the first that is published."""
    offered = tuple(published_frameworks(session))
    chosen = _chosen(offered, framework_version_id)
    if chosen is None:
        return MapPage(
            headline=Sentence(before="There is no framework to map yet."),
            frameworks=(),
            chosen=None,
            lines=(),
            idle=(),
        )
    rows = competencies(session, chosen.framework_version_id)
    wanted = [row.id for row in rows]
    courses, idle_courses = _courses(session)
    openings, idle_openings = _openings(session, actor, today)
    milestones = milestones_for(session, wanted)
    steps = {
        competency_id: [
            Vehicle(
                name=f"{place.step} ({place.pathway})",
                target=Target(endpoint="pathways.version", values={"version_id": place.version_id}),
            )
            for place in places
        ]
        for competency_id, places in steps_developing(session, wanted).items()
    }
    lines = tuple(
        MapLine(
            competency=row,
            courses=_cell(courses, row.id),
            milestones=Cell(count=milestones.get(row.id, 0)),
            openings=_cell(openings, row.id),
            steps=_cell(steps, row.id),
        )
        for row in rows
    )
    return MapPage(
        headline=map_headline(lines),
        frameworks=offered,
        chosen=chosen,
        lines=lines,
        idle=(*idle_courses, *idle_openings),
    )


def map_headline(lines: Sequence[MapLine]) -> Sentence:
    """How many competencies are left to themselves."""
    empty = [line for line in lines if line.is_empty]
    whole = plural(len(lines), "competency", "competencies")
    if not empty:
        return Sentence(before=f"Something develops every one of {whole}.")
    if len(empty) == 1:
        return Sentence(
            before="Nothing develops ", accent=empty[0].competency.name, after=f", one of {whole}."
        )
    if len(empty) == len(lines):
        return Sentence(before=f"Nothing develops any of {whole} yet.")
    return Sentence(before=f"Nothing develops {len(empty)} of {whole}.")


def _chosen(offered: Sequence[FrameworkRow], wanted: int | None) -> FrameworkRow | None:
    if wanted is None:
        return offered[0] if offered else None
    for row in offered:
        if row.framework_version_id == wanted:
            return row
    raise NotVisible


def _courses(session: Session) -> tuple[dict[int, list[Vehicle]], list[Vehicle]]:
    return _sorted_out(
        (
            course.title,
            Target(endpoint="courses.change_course", values={"course_id": course.id}),
            [(each.competency_id, each.level) for each in course.develops],
        )
        for course in courses_on_offer(session)
    )


def _openings(
    session: Session, actor: Actor, today: date
) -> tuple[dict[int, list[Vehicle]], list[Vehicle]]:
    return _sorted_out(
        (
            posting.title,
            Target(endpoint="assignments.change_posting", values={"posting_id": posting.id}),
            [(each.competency_id, each.level) for each in posting.develops],
        )
        for posting in open_postings(session, actor, today, limit=_MOST_OPENINGS)
    )


def _sorted_out(
    found: Iterable[tuple[str, Target, list[tuple[int, int]]]],
) -> tuple[dict[int, list[Vehicle]], list[Vehicle]]:
    by_competency: dict[int, list[Vehicle]] = defaultdict(list)
    idle: list[Vehicle] = []
    for name, target, pairs in found:
        if not pairs:
            idle.append(Vehicle(name=name, target=target))
        for competency_id, level in pairs:
            by_competency[competency_id].append(Vehicle(name=name, target=target, level=level))
    return by_competency, idle


def _cell(vehicles: Mapping[int, Sequence[Vehicle]], competency_id: int) -> Cell:
    found = vehicles.get(competency_id, ())
    return Cell(count=len(found), named=tuple(found[:MOST_NAMED]))
