"""Places for boxes in columns and ways for arrows between them; knows nothing of drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

Point = tuple[float, float]
_Way = tuple[int, int]
"""An arrow: from what comes first to what comes after it."""
_Lane = tuple[_Way, int]
"""The room that an arrow takes in a column that it only passes."""


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Of a box, of the room an arrow takes in passing, and of the gaps between them."""

    width: float
    height: float
    lane: float
    gap_x: float
    gap_y: float


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Upper left corners of boxes, points that each arrow goes through, and the extent."""

    boxes: Mapping[int, Point]
    ways: Mapping[_Way, tuple[Point, ...]]
    width: float
    height: float


def layout(
    columns: Sequence[Sequence[int]], requires: Mapping[int, Sequence[int]], sizes: Sizes
) -> Layout:
    """Columns from left to right; an arrow that passes a column gets a lane of its own there.

    So no arrow runs behind a box that it has nothing to do with. In each column, things stand at
    the mean height of what leads to them, which keeps crossings few.
    """
    column_of = {step: at for at, column in enumerate(columns) for step in column}
    ways = [(first, step) for step in column_of for first in requires.get(step, ())]
    middle: dict[int | _Lane, float] = {}
    tallest = 0.0
    for at, column in enumerate(columns):
        things: list[int | _Lane] = [*column]
        things += [(way, at) for way in ways if column_of[way[0]] < at < column_of[way[1]]]
        before = {thing: _before(thing, requires, column_of) for thing in things}
        known = {
            thing: fmean(middle[each] for each in found) if found else float("inf")
            for thing, found in before.items()
        }
        y = 0.0
        for thing in sorted(things, key=lambda thing: known[thing]):
            height = sizes.height if isinstance(thing, int) else sizes.lane
            middle[thing] = y + height / 2
            y += height + sizes.gap_y
        tallest = max(tallest, y - sizes.gap_y)
    step_x = sizes.width + sizes.gap_x
    return Layout(
        boxes={
            step: (at * step_x, middle[step] - sizes.height / 2) for step, at in column_of.items()
        },
        ways={way: tuple(_points(way, column_of, middle, sizes)) for way in ways},
        width=len(columns) * step_x - sizes.gap_x,
        height=tallest,
    )


def _before(
    thing: int | _Lane, requires: Mapping[int, Sequence[int]], column_of: Mapping[int, int]
) -> list[int | _Lane]:
    """What stands one column to the left and leads here."""
    if not isinstance(thing, int):
        way, at = thing
        return [_stop(way, at - 1, column_of)]
    here = column_of[thing]
    return [_stop((first, thing), here - 1, column_of) for first in requires.get(thing, ())]


def _stop(way: _Way, at: int, column_of: Mapping[int, int]) -> int | _Lane:
    """Where an arrow is in a column on its way: at its first box, or in its lane."""
    return way[0] if column_of[way[0]] == at else (way, at)


def _points(
    way: _Way, column_of: Mapping[int, int], middle: Mapping[int | _Lane, float], sizes: Sizes
) -> list[Point]:
    """Right side of the first box, both ends of each lane, left side of the last box."""
    first, last = way
    step_x = sizes.width + sizes.gap_x
    found: list[Point] = [(column_of[first] * step_x + sizes.width, middle[first])]
    for at in range(column_of[first] + 1, column_of[last]):
        y = middle[(way, at)]
        found += [(at * step_x, y), (at * step_x + sizes.width, y)]
    return [*found, (column_of[last] * step_x, middle[last])]
