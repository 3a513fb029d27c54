"""A picture of what comes after what: boxes in columns, an arrow for each prerequisite."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

from ldtrack.pathways.domain import Plan, Step, layers

_BOX = (168, 60)
_GAP = (56, 16)
_EDGE = 2
_LETTERS = 22


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
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    reading: str
    waits: tuple[tuple[str, tuple[str, ...]], ...]


def drawing_of(plan: Plan) -> Drawing | None:
    """The picture of a version; `None` while no step waits for another."""
    titles = {step.id: step.title for step in plan.steps}
    requires = {step.id: step.requires for step in plan.steps}
    if not any(requires.values()):
        return None
    columns = layers(titles, requires)
    places = {
        step_id: (_EDGE + column * (_BOX[0] + _GAP[0]), _EDGE + row * (_BOX[1] + _GAP[1]))
        for column, members in enumerate(columns)
        for row, step_id in enumerate(members)
    }
    tallest = max(len(members) for members in columns)
    waits = tuple(
        (step.title, tuple(titles[other] for other in step.requires))
        for step in plan.steps
        if step.requires
    )
    return Drawing(
        width=2 * _EDGE + len(columns) * (_BOX[0] + _GAP[0]) - _GAP[0],
        height=2 * _EDGE + tallest * (_BOX[1] + _GAP[1]) - _GAP[1],
        box_width=_BOX[0],
        box_height=_BOX[1],
        boxes=tuple(_box(step, *places[step.id]) for step in plan.steps),
        arrows=tuple(
            _arrow(places[other], places[step.id]) for step in plan.steps for other in step.requires
        ),
        reading=_reading(len(waits), len(titles), len(columns)),
        waits=waits,
    )


def _box(step: Step, x: int, y: int) -> Box:
    lines = wrap(step.title, _LETTERS, max_lines=2, placeholder="…")
    return Box(x=x, y=y, kind=step.kind.label, lines=tuple(lines), is_required=step.required)


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    """A curve from the right side of one box to the left side of another, as SVG path data."""
    x1, y1 = start[0] + _BOX[0], start[1] + _BOX[1] // 2
    x2, y2 = end[0] - 6, end[1] + _BOX[1] // 2
    bend = _GAP[0] // 2
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"


def _reading(n_waiting: int, n_steps: int, longest: int) -> str:
    verb = "waits" if n_waiting == 1 else "wait"
    return (
        f"{n_waiting} of {n_steps} steps {verb} for another; the longest chain has {longest} steps."
    )
