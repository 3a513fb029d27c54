"""The pages of units: the tree, and one unit that is to be changed or removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.people import queries
from ldtrack.people.domain.tree import MOST_LINES, TreeLine, UnitRow

MOST_OFFERED = 300
"""Names of units that a form offers while one types."""


@dataclass(frozen=True, kw_only=True)
class UnitsPage:
    """The tree, or what lies under one unit, or what a search found.

    `way` leads to the unit whose inside is shown; `ways` tell of units found where they lie.
    """

    search: str
    way: list[UnitRow]
    lines: Sequence[TreeLine]
    ways: dict[int, str]
    n_units: int
    n_people: int
    n_found: int


@dataclass(frozen=True, kw_only=True)
class UnitPage:
    """One unit with all that is in it, and the names of others to choose from."""

    unit: UnitRow
    parent: UnitRow | None
    n_inside: int
    offered: list[str]


def units_page(session: Session, actor: Actor, *, search: str, under: int | None) -> UnitsPage:
    """What there is under a unit, or under none, or what matches the search."""
    tree = queries.unit_tree(session, actor)
    if under is not None:
        queries.unit_here(tree, under)
    top = tree.inside.get(None, ())
    if search:
        word = search.casefold()
        found = [unit for unit in tree.by_id.values() if word in unit.name.casefold()]
        lines = [
            TreeLine(
                unit=unit,
                depth=0,
                n_inside=tree.wholes[unit.id].n_inside,
                n_people=tree.wholes[unit.id].n_people,
                folded=tree.wholes[unit.id].n_inside > 0,
            )
            for unit in found[:MOST_LINES]
        ]
    else:
        found = list(tree.inside.get(under, ()))
        lines = tree.lines(under=under)
    return UnitsPage(
        search=search,
        way=tree.way_to(under) if under is not None else [],
        lines=lines,
        ways={line.unit.id: tree.named(line.unit.id) for line in lines} if search else {},
        n_units=len(tree.by_id),
        n_people=sum(tree.wholes[unit.id].n_people for unit in top),
        n_found=len(found),
    )


def unit_page(session: Session, actor: Actor, unit_id: int) -> UnitPage:
    """One unit, else `NotVisible`."""
    tree = queries.unit_tree(session, actor)
    unit = queries.unit_here(tree, unit_id)
    return UnitPage(
        unit=unit,
        parent=tree.by_id[unit.parent_id] if unit.parent_id is not None else None,
        n_inside=len(tree.inside.get(unit_id, ())),
        offered=[one.name for one in tree.by_id.values() if one.id != unit_id][:MOST_OFFERED],
    )
