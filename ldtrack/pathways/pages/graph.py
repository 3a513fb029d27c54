"""A picture of what comes after what: boxes in columns, an arrow for each prerequisite."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from ldtrack.pathways.domain import Plan, Step, layers
from ldtrack.pathways.pages.layout import Point, Sizes, layout

SIZES = Sizes(width=156, height=76, lane=12, gap_x=40, gap_y=16)
_EDGE = 2
_TIP = 6
_LETTERS = 19


@dataclass(frozen=True, kw_only=True)
class Box:
    """A step at its place; `lines` are its title, broken to fit."""

    x: int
    y: int
    kind: str
    lines: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The picture and, as its twin in words, each waiting step with what comes before it."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    reading: str
    waits: tuple[tuple[str, tuple[str, ...]], ...]
    box_width: int = int(SIZES.width)
    box_height: int = int(SIZES.height)


def drawing_of(plan: Plan) -> Drawing | None:
    """The picture of a version; `None` while no step waits for another."""
    titles = {step.id: step.title for step in plan.steps}
    requires = {step.id: step.requires for step in plan.steps}
    if not any(requires.values()):
        return None
    columns = layers(titles, requires)
    laid = layout(columns, requires, SIZES)
    waits = tuple(
        (step.title, tuple(titles[other] for other in step.requires))
        for step in plan.steps
        if step.requires
    )
    return Drawing(
        width=round(laid.width) + 2 * _EDGE,
        height=round(laid.height) + 2 * _EDGE,
        boxes=tuple(_box(step, laid.boxes[step.id]) for step in plan.steps),
        arrows=tuple(_path(points) for points in laid.ways.values()),
        reading=_reading(len(waits), len(titles), len(columns)),
        waits=waits,
    )


def _box(step: Step, corner: Point) -> Box:
    return Box(
        x=round(corner[0]) + _EDGE,
        y=round(corner[1]) + _EDGE,
        kind=step.kind.label,
        lines=tuple(wrap(step.title, _LETTERS, max_lines=3, placeholder="…")),
        is_required=step.required,
    )


def _path(points: tuple[Point, ...]) -> str:
    """Curves between columns and straight lines along lanes, as SVG path data."""
    placed = [(round(x) + _EDGE, round(y) + _EDGE) for x, y in points]
    placed[-1] = (placed[-1][0] - _TIP, placed[-1][1])
    path = f"M{placed[0][0]} {placed[0][1]}"
    for (x1, y1), (x2, y2) in pairwise(placed):
        if y1 == y2:
            path += f"H{x2}"
        else:
            bend = (x1 + x2) // 2
            path += f"C{bend} {y1} {bend} {y2} {x2} {y2}"
    return path


def _reading(n_waiting: int, n_steps: int, longest: int) -> str:
    verb = "waits" if n_waiting == 1 else "wait"
    return (
        f"{n_waiting} of {n_steps} steps {verb} for another; the longest chain has {longest} steps."
    )
