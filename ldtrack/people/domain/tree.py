"""The tree of units: how it is laid out on a page, where a unit hangs in it, and its circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

MOST_LINES = 200
"""Units that one page lays out."""
STEP = " > "
"""Between the names of units on the way down to one, in files and on pages."""


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit with the people who are in it and not in a unit inside it."""

    id: int
    name: str
    parent_id: int | None
    n_people: int


@dataclass(frozen=True, kw_only=True)
class TreeLine:
    """A unit as a line of the page: how deep it stands, and what it holds with all inside it.

    `folded` if there are units inside it that the page does not lay out.
    """

    unit: UnitRow
    depth: int
    n_inside: int
    n_people: int
    folded: bool


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What a unit holds with all that is inside it."""

    n_inside: int
    n_people: int


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The units of an organisation: by id, by the unit they are in, and what each holds."""

    by_id: Mapping[int, UnitRow]
    inside: Mapping[int | None, Sequence[UnitRow]]
    wholes: Mapping[int, Whole]

    def way_to(self, unit_id: int) -> list[UnitRow]:
        """The units from the top down to this one."""
        way: list[UnitRow] = []
        step: int | None = unit_id
        while step is not None and self.by_id[step] not in way:
            way.insert(0, self.by_id[step])
            step = self.by_id[step].parent_id
        return way

    def named(self, unit_id: int) -> str:
        """The names on the way down to it, as files and pages show them."""
        return STEP.join(unit.name for unit in self.way_to(unit_id))

    def lines(self, *, under: int | None = None, most: int = MOST_LINES) -> list[TreeLine]:
        """The lines of the units under one, as many whole levels as there is room for.

        The first level is there in any case, if need be cut short.
        """
        deepest = 0
        found = list(self._lines(under, 0, deepest))
        while any(line.folded for line in found):
            deepest += 1
            deeper = list(self._lines(under, 0, deepest))
            if len(deeper) > most:
                break
            found = deeper
        return found[:most]

    def _lines(self, under: int | None, depth: int, deepest: int) -> Iterator[TreeLine]:
        for unit in self.inside.get(under, ()):
            whole = self.wholes[unit.id]
            yield TreeLine(
                unit=unit,
                depth=depth,
                n_inside=whole.n_inside,
                n_people=whole.n_people,
                folded=depth == deepest and whole.n_inside > 0,
            )
            if depth < deepest:
                yield from self._lines(unit.id, depth + 1, deepest)


def tree_of(units: Sequence[UnitRow]) -> Tree:
    """The tree of the units; those in one unit keep the order in which they are given."""
    inside: dict[int | None, list[UnitRow]] = {}
    for unit in units:
        inside.setdefault(unit.parent_id, []).append(unit)
    downwards = list(inside.get(None, ()))
    for unit in downwards:
        # Grows while it is read: every unit comes after the one that it is in.
        downwards += inside.get(unit.id, ())
    wholes: dict[int, Whole] = {}
    for unit in reversed(downwards):
        parts = [wholes[one.id] for one in inside.get(unit.id, ())]
        wholes[unit.id] = Whole(
            n_inside=len(parts) + sum(part.n_inside for part in parts),
            n_people=unit.n_people + sum(part.n_people for part in parts),
        )
    return Tree(by_id={unit.id: unit for unit in units}, inside=inside, wholes=wholes)


def units_around(unit: str, said: str) -> list[tuple[str, str]]:
    """Each unit with the one it lies in, as a file tells it of a unit.

    >>> units_around("Export", "Group > Sales")
    [('Export', 'Sales'), ('Sales', 'Group')]
    """
    names = [name for part in said.split(STEP.strip()) if (name := part.strip())]
    return list(zip([unit, *reversed(names)], reversed(names), strict=False))


def circle_from(above: Mapping[str, str | None], start: str) -> list[str]:
    """The names of a circle that begins and ends at `start`; none if the way up has an end.

    >>> circle_from({"a": "b", "b": "c", "c": "a"}, "a")
    ['a', 'b', 'c', 'a']
    >>> circle_from({"a": "b"}, "a")
    []
    """
    way = [start]
    step = above.get(start)
    while step is not None and step not in way:
        way.append(step)
        step = above.get(step)
    return [*way, start] if step == start else []


def units_between(
    above: Mapping[int, int | None], one: int | None, other: int | None
) -> int | None:
    """How many steps up and down lead from one unit to another; None where there is no way.

    >>> units_between({1: None, 2: 1, 3: 1, 4: 3}, 2, 4)
    3
    """
    up, down = _way_up(above, one), _way_up(above, other)
    return min((up[unit] + down[unit] for unit in up.keys() & down.keys()), default=None)


def _way_up(above: Mapping[int, int | None], start: int | None) -> dict[int, int]:
    """A unit and those around it, with how many steps up each is."""
    found: dict[int, int] = {}
    unit = start
    while unit is not None and unit not in found:
        found[unit] = len(found)
        unit = above.get(unit)
    return found
