"""Marker shapes, so that kinds differ without colour; and the legend that names them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ldtrack.charts.series import Source
from ldtrack.charts.svg.canvas import Canvas, line, polygon, short

Marker = Callable[[float, float, float], str]
LegendEntry = tuple[str, Callable[[float, float], str], str]
"""Kind of paint, what to draw at a place, and its name."""

LEGEND_ROW = 18


def circle(x: float, y: float, r: float) -> str:
    turn = f"a{short(r)} {short(r)} 0 1 0"
    return f"M{short(x - r)} {short(y)}{turn} {short(2 * r)} 0{turn} {short(-2 * r)} 0z"


def square(x: float, y: float, r: float) -> str:
    s = r * 0.9
    return polygon([(x - s, y - s), (x + s, y - s), (x + s, y + s), (x - s, y + s)])


def diamond(x: float, y: float, r: float) -> str:
    s = r * 1.25
    return polygon([(x, y - s), (x + s, y), (x, y + s), (x - s, y)])


def triangle(x: float, y: float, r: float) -> str:
    s = r * 1.15
    return polygon([(x, y - s), (x + s, y + s * 0.8), (x - s, y + s * 0.8)])


def falling(x: float, y: float, r: float) -> str:
    s = r * 1.15
    return polygon([(x, y + s), (x + s, y - s * 0.8), (x - s, y - s * 0.8)])


def cross(x: float, y: float, r: float) -> str:
    s = r * 0.85
    return line(x - s, y - s, x + s, y + s) + line(x - s, y + s, x + s, y - s)


SOURCE_MARKERS: dict[Source, Marker] = {
    Source.COURSE: square,
    Source.COACHING: circle,
    Source.ASSIGNMENT: triangle,
    Source.FEEDBACK: diamond,
    Source.REFLECTION: falling,
    Source.OTHER: cross,
}


def legend_rows(canvas: Canvas, entries: Sequence[LegendEntry], left: float) -> list[list[float]]:
    """Where each entry begins, row by row, so that all stay within the drawing."""
    rows: list[list[float]] = [[]]
    x = left
    for _, _, name in entries:
        wide = canvas.width_of(name) + 28
        if rows[-1] and x + wide > canvas.width + 12:
            rows.append([])
            x = left
        rows[-1].append(x)
        x += wide
    return rows


def draw_legend(
    canvas: Canvas, entries: Sequence[LegendEntry], left: float, baseline: float
) -> None:
    places = [
        (x, baseline + LEGEND_ROW * row)
        for row, starts in enumerate(legend_rows(canvas, entries, left))
        for x in starts
    ]
    for (kind, shape, name), (x, y) in zip(entries, places, strict=True):
        canvas.path(kind, shape(x + 5, y - 4))
        canvas.text(x + 15, y, name)
