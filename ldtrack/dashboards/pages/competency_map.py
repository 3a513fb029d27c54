"""The competency map, whole or in part, and one competency of it to be linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import CompetencyRow, FrameworkRow, ScaleRow
from ldtrack.competencies.queries import published_frameworks, with_scales
from ldtrack.core.errors import NotVisible
from ldtrack.dashboards.pages.words import Sentence, Target, plural
from ldtrack.dashboards.queries import Development, MapRow, Vehicle, VehicleKind, development
from ldtrack.pathways.domain import NamingStep, Route, VersionState

MOST_NAMED = 12
"""Vehicles named in one cell; the others are counted."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What of the map is asked for: a domain, one kind of vehicle, only what lacks it."""

    domain: str = ""
    vehicle: VehicleKind | None = None
    only_gaps: bool = False

    @property
    def kinds(self) -> tuple[VehicleKind, ...]:
        """The columns."""
        return tuple(VehicleKind) if self.vehicle is None else (self.vehicle,)

    def lets_through(self, row: MapRow) -> bool:
        """Whether a competency is to be shown."""
        lacks = row.is_empty if self.vehicle is None else not row.count(self.vehicle)
        return (not self.domain or row.competency.domain == self.domain) and (
            lacks or not self.only_gaps
        )


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How many vehicles of a kind, and the first of them by name."""

    kind: VehicleKind
    count: int
    named: tuple[Vehicle, ...] = ()

    @property
    def n_more(self) -> int:
        """How many are not named."""
        return self.count - len(self.named)


@dataclass(frozen=True, kw_only=True)
class MapLine:
    """A competency with a cell for each column."""

    competency: CompetencyRow
    is_empty: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class MapPage:
    """The map of one framework version; `idle` are vehicles that develop nothing at all."""

    headline: Sentence
    frameworks: tuple[FrameworkRow, ...]
    chosen: FrameworkRow | None
    domains: tuple[str, ...]
    shown: Shown
    lines: tuple[MapLine, ...]
    idle: tuple[Vehicle, ...]


@dataclass(frozen=True, kw_only=True)
class LinksPage:
    """One competency with everything that develops it."""

    headline: Sentence
    competency: CompetencyRow
    scale: ScaleRow
    row: MapRow
    others: Development
    may_link_courses: bool
    may_link_openings: bool
    may_link_steps: bool

    @property
    def draft_steps(self) -> list[tuple[Route, NamingStep]]:
        """Steps of drafts that name it, each with its draft."""
        return [(draft, step) for draft, step in self._in_drafts if self._names_it(step)]

    @property
    def free_steps(self) -> list[tuple[Route, NamingStep]]:
        """Steps of drafts that could name it instead of what they name."""
        return [(draft, step) for draft, step in self._in_drafts if not self._names_it(step)]

    @property
    def changeable(self) -> list[tuple[Route, int | None]]:
        """The published versions of the edition's pathways, each with the draft that goes on from
        it if there is one."""
        drafts = {one.pathway_id: one.version_id for one in self._drafts}
        return [
            (one, drafts.get(one.pathway_id))
            for one in self.others.routes
            if one.state is VersionState.PUBLISHED
        ]

    @property
    def _drafts(self) -> list[Route]:
        return [one for one in self.others.routes if one.state is VersionState.DRAFT]

    @property
    def _in_drafts(self) -> list[tuple[Route, NamingStep]]:
        return [(draft, step) for draft in self._drafts for step in draft.steps]

    def _names_it(self, step: NamingStep) -> bool:
        return step.competency_id == self.competency.id

    def left(self, kind: VehicleKind) -> list[Vehicle]:
        """The vehicles of a kind that do not develop it yet, by name."""
        linked = {one.id for one in (*self.row.courses, *self.row.openings)}
        found = {
            one.id: one
            for row in self.others.rows
            for one in (*row.courses, *row.openings)
            if one.kind is kind and one.id not in linked
        }
        found |= {one.id: one for one in self.others.idle if one.kind is kind}
        return sorted(found.values(), key=lambda one: one.name.casefold())


def map_page(
    session: Session,
    actor: Actor,
    framework_version_id: int | None,
    today: date,
    shown: Shown,
) -> MapPage:
    """The map of that version, or of the first that is published."""
    offered = tuple(published_frameworks(session))
    chosen = chosen_framework(offered, framework_version_id)
    if chosen is None:
        return MapPage(
            headline=Sentence(before="There is no framework to map yet."),
            frameworks=(),
            chosen=None,
            domains=(),
            shown=shown,
            lines=(),
            idle=(),
        )
    found = development(session, actor, chosen.framework_version_id, today)
    domains = tuple(dict.fromkeys(row.competency.domain for row in found.rows))
    if shown.domain not in domains:
        shown = replace(shown, domain="")
    return MapPage(
        headline=map_headline(found.rows),
        frameworks=offered,
        chosen=chosen,
        domains=domains,
        shown=shown,
        lines=tuple(_line(row, shown) for row in found.rows if shown.lets_through(row)),
        idle=found.idle,
    )


def links_page(session: Session, actor: Actor, competency_id: int, today: date) -> LinksPage:
    """One competency of an edition that is no draft, else `NotVisible`."""
    rows, scales = with_scales(session, [competency_id])
    if competency_id not in rows:
        raise NotVisible
    one = rows[competency_id]
    found = development(session, actor, one.framework_version_id, today)
    (row,) = (row for row in found.rows if row.competency.id == competency_id)
    return LinksPage(
        headline=links_headline(row),
        competency=one,
        scale=scales[one.framework_version_id],
        row=row,
        others=found,
        may_link_courses=policy.could(actor, Action.WRITE_COURSE),
        may_link_openings=policy.could(actor, Action.WRITE_POSTING),
        may_link_steps=policy.could(actor, Action.WRITE_PATHWAY),
    )


def map_headline(rows: Sequence[MapRow]) -> Sentence:
    """How many competencies are left to themselves."""
    empty = [row for row in rows if row.is_empty]
    whole = plural(len(rows), "competency", "competencies")
    if not empty:
        return Sentence(before=f"Something develops every one of {whole}.")
    if len(empty) == 1:
        return Sentence(
            before="Nothing develops ", accent=empty[0].competency.name, after=f", one of {whole}."
        )
    if len(empty) == len(rows):
        return Sentence(before=f"Nothing develops any of {whole} yet.")
    return Sentence(before=f"Nothing develops {len(empty)} of {whole}.")


def links_headline(row: MapRow) -> Sentence:
    """What develops a competency, in numbers."""
    name = row.competency.name
    if row.is_empty:
        return Sentence(before="Nothing develops ", accent=name, after=" yet.")
    words = {
        VehicleKind.COURSE: ("course", "courses"),
        VehicleKind.MILESTONE: ("milestone", "milestones"),
        VehicleKind.OPENING: ("assignment", "assignments"),
        VehicleKind.STEP: ("pathway step", "pathway steps"),
    }
    counts = [plural(row.count(kind), *words[kind]) for kind in VehicleKind if row.count(kind)]
    several = " and ".join([", ".join(counts[:-1]), counts[-1]] if len(counts) > 1 else counts)
    is_one = len(counts) == 1 and counts[0].startswith("1 ")
    verb = " develops " if is_one else " develop "
    return Sentence(before=f"{several[0].upper()}{several[1:]}{verb}", accent=name, after=".")


def vehicle_target(vehicle: Vehicle) -> Target:
    """The page on which a vehicle is changed."""
    if vehicle.kind is VehicleKind.COURSE:
        return Target(endpoint="courses.change_course", values={"course_id": vehicle.id})
    if vehicle.kind is VehicleKind.OPENING:
        return Target(endpoint="assignments.change_posting", values={"posting_id": vehicle.id})
    return Target(endpoint="pathways.version", values={"version_id": vehicle.id})


def chosen_framework(offered: Sequence[FrameworkRow], wanted: int | None) -> FrameworkRow | None:
    """The version that is asked for, else the first; `NotVisible` if it is not among them."""
    if wanted is None:
        return offered[0] if offered else None
    for row in offered:
        if row.framework_version_id == wanted:
            return row
    raise NotVisible


def _line(row: MapRow, shown: Shown) -> MapLine:
    named = {
        VehicleKind.COURSE: row.courses,
        VehicleKind.OPENING: row.openings,
        VehicleKind.STEP: row.steps,
    }
    return MapLine(
        competency=row.competency,
        is_empty=row.is_empty,
        cells=tuple(
            Cell(kind=kind, count=row.count(kind), named=named.get(kind, ())[:MOST_NAMED])
            for kind in shown.kinds
        ),
    )
