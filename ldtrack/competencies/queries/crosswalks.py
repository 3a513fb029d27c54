"""Which competency of an edition goes on as which of the next, decided and in force."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from ldtrack.access.domain import Actor
from ldtrack.competencies import models
from ldtrack.competencies.domain import (
    Crossings,
    Crosswalk,
    FrameworkRow,
    LevelMap,
    VersionState,
)
from ldtrack.competencies.queries.editions import scales, visible_frameworks
from ldtrack.core.errors import NotVisible


def crossings(session: Session, as_of: date | None = None) -> Crossings:
    """Every crosswalk in force, or those in force on a day, oldest first. One statement."""
    if as_of is None:
        return Crossings(all=_found(session, models.Crosswalk.in_force_on.is_not(None)))
    return Crossings(all=_found(session, models.Crosswalk.in_force_on <= as_of))


def editions_to_walk(
    session: Session, actor: Actor, before_id: int, after_id: int
) -> tuple[FrameworkRow, FrameworkRow]:
    """An edition and a later one of the same framework, else `NotVisible`; the first no draft."""
    rows = visible_frameworks(session, actor)
    places = {row.framework_version_id: place for place, row in enumerate(rows)}
    if before_id not in places or places[before_id] >= places.get(after_id, 0):
        raise NotVisible
    before, after = rows[places[before_id]], rows[places[after_id]]
    if before.framework_id != after.framework_id or before.state is VersionState.DRAFT:
        raise NotVisible
    return before, after


def crosswalk(session: Session, before: FrameworkRow, after: FrameworkRow) -> Crosswalk:
    """The crosswalk from one edition to another; an empty one before anything was decided."""
    old_id, new_id = before.framework_version_id, after.framework_version_id
    found = _found(
        session, (models.Crosswalk.before_id == old_id) & (models.Crosswalk.after_id == new_id)
    )
    if found:
        return found[0]
    both = scales(session, {old_id, new_id})
    return Crosswalk(
        id=None,
        before_id=old_id,
        after_id=new_id,
        before=before.version,
        after=after.version,
        successors={},
        new=frozenset(),
        levels=_level_map(
            (both[old_id].lo, both[old_id].hi), (both[new_id].lo, both[new_id].hi), None
        ),
    )


def crosswalk_kept(session: Session, crosswalk_id: int) -> Crosswalk:
    """The same by its id, as it is now; for whoever holds it."""
    (found,) = _found(session, models.Crosswalk.id == crosswalk_id)
    return found


def _found(session: Session, wanted: ColumnElement[bool]) -> tuple[Crosswalk, ...]:
    before, after = aliased(models.FrameworkVersion), aliased(models.FrameworkVersion)
    row, link = models.Crosswalk, models.CrosswalkLink
    rows = session.execute(
        select(
            row,
            before.version,
            before.retired_on,
            after.version,
            _end(row.before_id, func.min),
            _end(row.before_id, func.max),
            _end(row.after_id, func.min),
            _end(row.after_id, func.max),
            link.before_id,
            link.after_id,
        )
        .join(before, before.id == row.before_id)
        .join(after, after.id == row.after_id)
        .outerjoin(link, link.crosswalk_id == row.id)
        .where(wanted)
        .order_by(row.in_force_on, row.in_force_at, row.id, link.before_id, link.after_id)
    )
    return tuple(_one(list(part)) for _, part in groupby(rows, key=lambda found: found[0].id))


def _one(rows: list[Any]) -> Crosswalk:
    """The crosswalk that the rows, one for each link, are of."""
    kept, before, retired_on, after, before_lo, before_hi, after_lo, after_hi, *_ = rows[0]
    successors: dict[int, tuple[int, ...]] = {}
    new: set[int] = set()
    for *_, before_id, after_id in rows:
        if before_id is not None:
            reached = () if after_id is None else (after_id,)
            successors[before_id] = (*successors.get(before_id, ()), *reached)
        elif after_id is not None:
            new.add(after_id)
    declared = None if kept.lowest is None else (kept.lowest, kept.highest)
    return Crosswalk(
        id=kept.id,
        before_id=kept.before_id,
        after_id=kept.after_id,
        before=before,
        after=after,
        successors=successors,
        new=frozenset(new),
        levels=_level_map((before_lo, before_hi), (after_lo, after_hi), declared),
        in_force_on=kept.in_force_on,
        retired_before=retired_on is not None and retired_on == kept.in_force_on,
    )


def _level_map(
    before: tuple[int, int], after: tuple[int, int], declared: tuple[int, int] | None
) -> LevelMap | None:
    """As it was declared; without a word only where the scales have the same numbers."""
    if declared is None and before != after:
        return None
    lowest, highest = declared or after
    return LevelMap(before_lo=before[0], before_hi=before[1], after_lo=lowest, after_hi=highest)


def _end(version_id: InstrumentedAttribute[int], which: Any) -> ScalarSelect[int]:
    level = models.ProficiencyLevel
    return (
        select(which(level.value)).where(level.framework_version_id == version_id).scalar_subquery()
    )
