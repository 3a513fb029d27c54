"""Drawing one level on its scale: range as a soft bar, estimate as a dot, target as a notch."""

from __future__ import annotations

from ldtrack.charts.series import Absent, LevelMeter
from ldtrack.charts.svg.canvas import Canvas, box, line, polygon
from ldtrack.charts.svg.markers import circle

WORDED_FROM = 48
"""Height from which the scale is written out beneath."""
_MARGIN = 9


def draw_meter(canvas: Canvas, chart: LevelMeter) -> None:
    worded = canvas.height >= WORDED_FROM
    middle = 16 if worded else canvas.height / 2
    across = canvas.width - 2 * _MARGIN

    def x(level: float) -> float:
        return _MARGIN + chart.scale.share(level) * across

    shown = chart.shown
    canvas.path("track", box(_MARGIN - 3, middle - 3, across + 6, 6, corner=3))
    if isinstance(shown, Absent):
        canvas.path("axis", *(line(x(n), middle - 6, x(n), middle + 6) for n in chart.scale.levels))
    else:
        band = max(x(shown.high) - x(shown.low), 4)
        canvas.path("band", box(x(shown.low), middle - 8, band, 16, corner=5))
    if chart.target is not None:
        _draw_notch(canvas, x(chart.target), middle)
    if not isinstance(shown, Absent):
        canvas.path("dot", circle(x(shown.level), middle, 6))
    if worded:
        _draw_scale(canvas, chart, middle + 26)


def _draw_notch(canvas: Canvas, x: float, middle: float) -> None:
    """A stroke through the track under a small flag, so that it never reads as a second dot."""
    flag = polygon([(x - 4.5, middle - 13), (x + 4.5, middle - 13), (x, middle - 7)])
    canvas.path("notch", box(x - 1, middle - 11, 2, 22), flag)


def _draw_scale(canvas: Canvas, chart: LevelMeter, baseline: float) -> None:
    scale = chart.scale
    step = (canvas.width - 2 * _MARGIN) / (scale.high - scale.low)
    ends = (scale.low, scale.high)
    fits = all(canvas.width_of(word) < step - 8 for word in scale.words)
    for level in scale.levels:
        x = _MARGIN + scale.share(level) * step * (scale.high - scale.low)
        canvas.text(x, baseline, str(level), anchor="middle")
        if scale.words and (fits or level in ends) and canvas.height >= baseline + 15:
            _draw_word(
                canvas, scale.word(level), x, baseline + 15, level == ends[0], level == ends[1]
            )


def _draw_word(canvas: Canvas, word: str, x: float, y: float, first: bool, last: bool) -> None:
    """Words at the ends stay within the drawing."""
    if first:
        canvas.text(_MARGIN - 4, y, word)
    elif last:
        canvas.text(canvas.width - _MARGIN + 4, y, word, anchor="end")
    else:
        canvas.text(x, y, word, anchor="middle")
