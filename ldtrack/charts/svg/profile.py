"""Drawing the competency profile: hollow, tinted and solid bars against the target's notch."""

from __future__ import annotations

from ldtrack.charts.series import Absent, ProfileBars
from ldtrack.charts.series.words import level_words
from ldtrack.charts.svg.canvas import Canvas, box
from ldtrack.charts.svg.markers import LegendEntry
from ldtrack.charts.svg.rows import RowFrame, draw_frame, draw_name, frame_for, notch

_BAR, _STEP = 9, 13
_KINDS = ("own", "manager", "others")
_LEGEND: list[LegendEntry] = [
    ("own", lambda x, y: box(x - 6, y - 4, 11, 8), "Self"),
    ("manager", lambda x, y: box(x - 6, y - 4, 11, 8), "Manager"),
    ("others", lambda x, y: box(x - 6, y - 4, 11, 8), "Others"),
    ("notch", lambda x, y: notch(x, y - 5, y + 6), "Target"),
]


def profile_frame(chart: ProfileBars, width: float) -> RowFrame:
    return frame_for(chart.scale, len(chart.competencies), width, _STEP * len(_KINDS))


def draw_profile(canvas: Canvas, chart: ProfileBars) -> None:
    frame = profile_frame(chart, canvas.width)
    draw_frame(canvas, frame, _LEGEND)
    bars: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    notches: list[str] = []
    for row, line in enumerate(chart.competencies):
        draw_name(canvas, frame, row, line, "")
        top = frame.top(row) + frame.pitch - _STEP * len(_KINDS) - 6
        for n, (kind, (_, value)) in enumerate(zip(_KINDS, line.views(), strict=True)):
            y = top + _STEP * n
            if not isinstance(value, Absent):
                bars[kind].append(box(frame.left, y, frame.x(value) - frame.left, _BAR))
            _draw_value(canvas, frame, value, y)
        if line.target is not None:
            notches.append(notch(frame.x(line.target), top - 2, top + _STEP * len(_KINDS) - 2))
    for kind, drawn in bars.items():
        canvas.path(kind, *drawn)
    canvas.path("notch", *notches)


def _draw_value(canvas: Canvas, frame: RowFrame, value: float | Absent, y: float) -> None:
    if isinstance(value, Absent):
        canvas.text(frame.left + 6, y + _BAR, value.brief)
    else:
        canvas.text(canvas.width, y + _BAR, level_words(value), anchor="end")
