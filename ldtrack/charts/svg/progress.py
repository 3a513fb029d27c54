"""Drawing done and shown: two bars, each with its count in words."""

from __future__ import annotations

from ldtrack.charts.series import ProgressPair
from ldtrack.charts.svg.canvas import Canvas, box

HEIGHT = 84
_PITCH = 42
_BAR = 8


def draw_progress(canvas: Canvas, chart: ProgressPair) -> None:
    for n, ((name, portion), kind) in enumerate(zip(chart.bars(), ("done", "shown"), strict=True)):
        top = _PITCH * n
        canvas.text(0, top + 14, name, "strong")
        canvas.text(canvas.width, top + 14, portion.words(), anchor="end")
        canvas.path("track", box(0, top + 22, canvas.width, _BAR, corner=4))
        canvas.path(kind, box(0, top + 22, canvas.width * portion.share, _BAR, corner=4))
