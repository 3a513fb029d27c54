"""Whose levels a crosswalk would change, or change back, and how, told before anything does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.charts.series.words import level_words
from ldtrack.competencies.domain import CompetencyRow, Crosswalk, FrameworkRow, Relation
from ldtrack.competencies.queries import competencies_of, crosswalk, editions_to_walk
from ldtrack.evidence.queries import people_observed
from ldtrack.growth.domain import Level
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth
from ldtrack.growth.queries import NowAndThen, growth_along, growth_without

SIZE = 20
"""People on one page."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """A level in words with its range, and how it stands against the target if there is one."""

    name: str
    level: str
    verdict: str
    edition: str = ""
    """Of which edition it is, where that might be either."""


@dataclass(frozen=True, kw_only=True)
class LevelChange:
    """One competency of a person: as it is, and as what it would be shown."""

    now: Side
    relation: Relation | None
    """None while that is not decided."""
    then: tuple[Side, ...]

    @property
    def changes_verdict(self) -> bool:
        """Whether a target would be met no more, or met that was not, or not be asked for."""
        return self.relation is not None and {side.verdict for side in self.then} != {
            self.now.verdict
        }


@dataclass(frozen=True, kw_only=True)
class PersonChange:
    """Somebody, with each level that would be carried along."""

    person_id: int
    name: str
    changes: tuple[LevelChange, ...]


@dataclass(frozen=True, kw_only=True)
class EditionChangePage:
    """A page of the people who have a level on the earlier edition, and, once the crosswalk is in
    force, on either; `counts` is of relations."""

    before: FrameworkRow
    after: FrameworkRow
    walk: Crosswalk
    people: tuple[PersonChange, ...]
    counts: dict[Relation, int]
    n_open: int
    search: str
    total: int
    page: int
    pages: int


def edition_change_page(
    session: Session,
    actor: Actor,
    before_id: int,
    after_id: int,
    *,
    search: str,
    page: int,
    today: date,
) -> EditionChangePage:
    """The page, else `NotVisible`; people by name, searched and paged where they are kept.

    Of a crosswalk in force it tells what taking it out would change.
    """
    before, after = editions_to_walk(session, actor, before_id, after_id)
    walk = crosswalk(session, before, after)
    both = competencies_of(session, {before_id, after_id})
    old, new = both[before_id], both[after_id]
    goes_back = walk.in_force_on is not None
    observed = [row.id for row in ((*old, *new) if goes_back else old)]
    people, total = people_observed(session, actor, observed, search=search, page=page, size=SIZE)
    jobs = {who.id: who.job_profile for who in people}
    if goes_back:
        found = growth_without(session, actor, jobs, walk, today)
    else:
        found = growth_along(session, actor, jobs, walk, today) if walk.levels else {}
    relations = [walk.relation_of(row.id) for row in old]
    return EditionChangePage(
        before=before,
        after=after,
        walk=walk,
        people=tuple(
            PersonChange(
                person_id=who.id,
                name=who.name,
                changes=tuple(
                    _back(walk, new, found[who.id])
                    if goes_back
                    else _changes(walk, old, found[who.id])
                ),
            )
            for who in people
            if who.id in found
        ),
        counts={each: relations.count(each) for each in Relation if each in relations},
        n_open=relations.count(None),
        search=search,
        total=total,
        page=page,
        pages=max(1, ceil(total / SIZE)),
    )


def _changes(walk: Crosswalk, old: list[CompetencyRow], both: NowAndThen) -> Iterator[LevelChange]:
    now, then = _by_id(both.now), _by_id(both.then)
    for row in old:
        found = now.get(row.id)
        if found is None or not isinstance(found.standing, Level):
            continue
        after = walk.successors.get(row.id, ())
        yield LevelChange(
            now=_side(found, found.standing),
            relation=walk.relation_of(row.id),
            then=tuple(
                _side(each, each.standing)
                for id_, each in then.items()
                if id_ in after and isinstance(each.standing, Level)
            ),
        )


def _back(walk: Crosswalk, new: list[CompetencyRow], both: NowAndThen) -> Iterator[LevelChange]:
    """Each level of the later edition, beside what stood before it and what it has of its own."""
    now, then = _by_id(both.now), _by_id(both.then)
    for row in new:
        found = now.get(row.id)
        if found is None or not isinstance(found.standing, Level):
            continue
        left = {*walk.predecessors.get(row.id, ()), row.id}
        yield LevelChange(
            now=_side(found, found.standing),
            relation=walk.relation_to(row.id),
            then=tuple(
                replace(
                    _side(each, each.standing),
                    edition=walk.after if id_ == row.id else walk.before,
                )
                for id_, each in then.items()
                if id_ in left and isinstance(each.standing, Level)
            ),
        )


def _by_id(growth: PersonGrowth) -> dict[int, CompetencyGrowth]:
    return {found.competency.id: found for found in growth.competencies}


def _side(growth: CompetencyGrowth, standing: Level) -> Side:
    clip = growth.chart_scale.clip
    low, high = level_words(clip(standing.band.low)), level_words(clip(standing.band.high))
    return Side(
        name=growth.competency.name,
        level=f"{level_words(clip(standing.mean))} ({low} to {high})",
        verdict=growth.verdict.label if growth.verdict else "",
    )
