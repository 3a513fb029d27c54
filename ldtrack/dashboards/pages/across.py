"""What a competency was in the edition before, and what it has become in the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.charts.series.words import level_words
from ldtrack.competencies.domain import Relation
from ldtrack.competencies.queries import competencies_named
from ldtrack.growth.domain import Level
from ldtrack.growth.domain.person import CompetencyGrowth


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A competency of another edition; `level` is what it stood at on the day, '' if not told."""

    competency_id: int
    name: str
    level: str = ""


@dataclass(frozen=True, kw_only=True)
class Crossed:
    """A day on which another edition came into force for this competency."""

    on: date
    edition: str
    relation: Relation
    others: tuple[Neighbour, ...]


def came_from(growth: CompetencyGrowth) -> Crossed | None:
    """What it goes on from, with the level of each on that day."""
    if growth.carried is None:
        return None
    return Crossed(
        on=growth.carried.on,
        edition=growth.carried.edition,
        relation=growth.carried.relation,
        others=tuple(
            Neighbour(
                competency_id=source.competency.id,
                name=source.competency.name,
                level=level_words(source.chart_scale.clip(source.standing.mean)),
            )
            for source in growth.carried.sources
            if isinstance(source.standing, Level) and source.competency.id != growth.competency.id
        ),
    )


def became(session: Session, growth: CompetencyGrowth) -> Crossed | None:
    """What took its place; no statement where nothing did."""
    later = growth.succeeded
    if later is None:
        return None
    named = competencies_named(session, later.successors)
    return Crossed(
        on=later.on,
        edition=later.edition,
        relation=later.relation,
        others=tuple(Neighbour(competency_id=id_, name=row.name) for id_, row in named.items()),
    )


def names_of(growth: CompetencyGrowth) -> frozenset[int]:
    """The ids by which experiences may name it: its own, and what it was while levels meant the
    same."""
    carried = growth.carried
    if carried is None or not carried.levels.changes_nothing:
        return frozenset({growth.competency.id})
    return frozenset({growth.competency.id, *(source.competency.id for source in carried.sources)})
