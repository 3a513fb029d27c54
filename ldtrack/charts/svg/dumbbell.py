"""Drawing awareness: hollow circle for self, diamond for manager, solid circle for others."""

from __future__ import annotations

from ldtrack.charts.series import Absent, CompetencyRatings, Dumbbell
from ldtrack.charts.svg.canvas import Canvas, box, line
from ldtrack.charts.svg.markers import LegendEntry
from ldtrack.charts.svg.rows import (
    RowFrame,
    draw_frame,
    draw_name,
    frame_for,
    manager_marker,
    others_marker,
    own_marker,
    usual_marker,
)

_ROW = 32
_SHAPES = {"own": own_marker, "manager": manager_marker, "others": others_marker}
_LEGEND: list[LegendEntry] = [
    ("own", own_marker, "Self"),
    ("manager", manager_marker, "Manager"),
    ("others", others_marker, "Others"),
]


_USUAL: LegendEntry = ("band", usual_marker, "Usual")


def dumbbell_frame(chart: Dumbbell, width: float) -> RowFrame:
    return frame_for(chart.scale, len(chart.competencies), width, _ROW)


def draw_dumbbell(canvas: Canvas, chart: Dumbbell) -> None:
    frame = dumbbell_frame(chart, canvas.width)
    legend = [entry for entry in _LEGEND if entry[2] in chart.views]
    draw_frame(canvas, frame, [*legend, *([_USUAL] if chart.has_usual else [])])
    canvas.path("band", *_bands(frame, chart))
    links: list[str] = []
    markers: dict[str, list[str]] = {kind: [] for kind in _SHAPES}
    for row, each in enumerate(chart.competencies):
        draw_name(canvas, frame, row, each, _note(each, chart.views))
        y = _middle(frame, row)
        views = dict(zip(_SHAPES, (value for _, value in each.views()), strict=True))
        drawn = {kind: frame.x(v) for kind, v in views.items() if not isinstance(v, Absent)}
        if len(drawn) > 1:
            links.append(line(min(drawn.values()), y, max(drawn.values()), y))
        for kind, x in drawn.items():
            markers[kind].append(_SHAPES[kind](x, y))
    canvas.path("link", *links)
    for kind in ("others", "own", "manager"):
        canvas.path(kind, *markers[kind])


def _middle(frame: RowFrame, row: int) -> float:
    return frame.top(row) + (frame.pitch / 2 if frame.wide else frame.pitch - _ROW / 2)


def _bands(frame: RowFrame, chart: Dumbbell) -> list[str]:
    """Behind each row, from where to where others usually lie."""
    return [
        box(frame.x(each.usual[0]), _middle(frame, row) - 8, _span(frame, each.usual), 16)
        for row, each in enumerate(chart.competencies)
        if each.usual is not None
    ]


def _span(frame: RowFrame, usual: tuple[float, float]) -> float:
    return max(frame.x(usual[1]) - frame.x(usual[0]), 2)


def _note(line: CompetencyRatings, wanted: tuple[str, ...]) -> str:
    """The reading of the gap, and why a marker is missing."""
    missing = [f"{name} {said}" for name, said in line.missing() if name in wanted]
    return "; ".join(filter(None, (line.verdict, *missing)))
