"""Drawing a trajectory: a small multiple, or large with evidence, words and a legend."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.charts.series import Absent, LineBand, Source
from ldtrack.charts.series.words import (
    day_words,
    level_words,
    short_month_words,
    target_words,
)
from ldtrack.charts.svg.canvas import Canvas, box, line, polygon, polyline
from ldtrack.charts.svg.dates import DateAxis
from ldtrack.charts.svg.markers import (
    LEGEND_ROW,
    SOURCE_MARKERS,
    LegendEntry,
    circle,
    draw_legend,
    legend_rows,
)

LARGE_FROM = (340, 200)
"""Width and height from which there is room for words on the drawing."""
OVERHANG = 6
"""How far lines of the grid go beyond the first and last day, so that marks there stand free."""
BESIDE = 11
"""From one mark to the next, so that both are seen."""


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """Where the plot lies on the canvas."""

    chart: LineBand
    dates: DateAxis
    top: float
    bottom: float

    @property
    def left(self) -> float:
        return self.dates.left

    @property
    def right(self) -> float:
        return self.dates.right

    def y(self, level: float) -> float:
        return self.bottom - self.chart.scale.share(level) * (self.bottom - self.top)


def draw_line_band(canvas: Canvas, chart: LineBand) -> None:
    if canvas.width >= LARGE_FROM[0] and canvas.height >= LARGE_FROM[1]:
        _draw_large(canvas, chart)
    else:
        _draw_small(canvas, chart)


def _dates(chart: LineBand, left: float, right: float) -> DateAxis:
    first, last = chart.span
    return DateAxis(first=first, last=last, left=left, right=right)


def _draw_small(canvas: Canvas, chart: LineBand) -> None:
    dates = _dates(chart, 22, canvas.width - OVERHANG)
    frame = _Frame(chart=chart, dates=dates, top=8, bottom=canvas.height - 20)
    _draw_grid(canvas, frame)
    for level in chart.scale.levels:
        canvas.text(0, frame.y(level) + 4, str(level))
    _draw_level(canvas, frame)
    _draw_ends(canvas, frame, canvas.height - 2)


def _draw_large(canvas: Canvas, chart: LineBand) -> None:
    longest = max((canvas.width_of(word) for word in chart.scale.words), default=0)
    worded = 0 < longest <= canvas.width * 0.2
    left = 30 + (longest + 6 if worded else 0)
    legend = _legend(chart)
    rows = len(legend_rows(canvas, legend, left))
    bottom = canvas.height - 30 - LEGEND_ROW * rows
    dates = _dates(chart, left, canvas.width - 68)
    frame = _Frame(chart=chart, dates=dates, top=28 if chart.marks else 12, bottom=bottom)
    _draw_grid(canvas, frame)
    for level in chart.scale.levels:
        canvas.text(left - 16, frame.y(level) + 4, str(level), anchor="end")
        if worded:
            canvas.text(0, frame.y(level) + 4, chart.scale.word(level))
    _draw_level(canvas, frame)
    _draw_side_words(canvas, frame)
    _draw_dates(canvas, frame)
    draw_legend(canvas, legend, left, canvas.height - 4 - LEGEND_ROW * (rows - 1))


def _draw_grid(canvas: Canvas, frame: _Frame) -> None:
    heights = [frame.y(level) for level in frame.chart.scale.levels]
    canvas.path(
        "axis", *(line(frame.left - OVERHANG, y, frame.right + OVERHANG, y) for y in heights)
    )


def _draw_level(canvas: Canvas, frame: _Frame) -> None:
    chart, x, y = frame.chart, frame.dates.x, frame.y
    points = chart.shown
    if chart.has_trend:
        upper = [(x(point.on), y(point.high)) for point in points]
        lower = [(x(point.on), y(point.low)) for point in reversed(points)]
        canvas.path("band", polygon(upper + lower))
    elif points:
        only = points[0]
        canvas.path("band", box(x(only.on) - 7, y(only.high), 14, y(only.low) - y(only.high)))
    if chart.target is not None:
        at = y(chart.target)
        canvas.path("target", line(frame.left - OVERHANG, at, frame.right + OVERHANG, at))
    canvas.path("mark", *(line(x(m.on), frame.top, x(m.on), frame.bottom) for m in chart.marks))
    if chart.has_trend:
        canvas.path("line", polyline([(x(point.on), y(point.level)) for point in points]))
    if canvas.width >= LARGE_FROM[0]:
        _draw_evidence(canvas, frame)
    if points:
        canvas.path("dot", circle(x(points[-1].on), y(points[-1].level), 4.5))
    else:
        middle = (frame.left + frame.right) / 2
        canvas.text(
            middle, y(chart.scale.low) - 10, Absent.NOT_ASSESSED.value.capitalize(), anchor="middle"
        )


def _draw_evidence(canvas: Canvas, frame: _Frame) -> None:
    places = _places(frame)
    for source in frame.chart.sources:
        marker = SOURCE_MARKERS[source]
        canvas.path("evidence", *(marker(x, y, 4) for kind, x, y in places if kind is source))


def _places(frame: _Frame) -> list[tuple[Source, float, float]]:
    """Where evidence is drawn: at its day, or just before a later piece that it would hide."""
    found: list[tuple[Source, float, float]] = []
    for dot in sorted(frame.chart.evidence, key=lambda dot: dot.on, reverse=True):
        x, y = frame.dates.x(dot.on), frame.y(dot.level)
        while touched := [
            other_x
            for _, other_x, other_y in found
            if abs(x - other_x) < BESIDE and abs(y - other_y) < BESIDE
        ]:
            x = min(touched) - BESIDE
        found.append((dot.source, x, y))
    return found


def _draw_side_words(canvas: Canvas, frame: _Frame) -> None:
    """The level and the target named at their own height, moved apart where they would touch."""
    chart = frame.chart
    level_y = frame.y(chart.shown[-1].level) if chart.shown else None
    if level_y is not None:
        beside = frame.right if chart.has_trend else frame.dates.x(chart.shown[-1].on)
        canvas.text(beside + 12, level_y + 4, level_words(chart.shown[-1].level), "strong")
    if chart.target is not None:
        target_y = frame.y(chart.target)
        if chart.has_trend and level_y is not None and abs(target_y - level_y) < 15:
            target_y = level_y + (15 if target_y >= level_y else -15)
        canvas.text(frame.right + 12, target_y + 4, f"target {target_words(chart.target)}")
    for mark in chart.marks:
        x = frame.dates.x(mark.on)
        near_end = x + canvas.width_of(mark.label) > canvas.width
        canvas.text(x, frame.top - 8, mark.label, anchor="end" if near_end else "")


def _draw_dates(canvas: Canvas, frame: _Frame) -> None:
    ticks = frame.dates.ticks(room=72)
    if len(ticks) < 2:
        _draw_ends(canvas, frame, frame.bottom + 18)
        return
    canvas.path(
        "axis",
        *(line(frame.dates.x(t), frame.bottom, frame.dates.x(t), frame.bottom + 5) for t in ticks),
    )
    for tick in ticks:
        words = short_month_words(tick)
        half = canvas.width_of(words) / 2
        x = max(frame.dates.x(tick), frame.left + half - 8)
        canvas.text(x, frame.bottom + 18, words, anchor="middle")


def _draw_ends(canvas: Canvas, frame: _Frame, baseline: float) -> None:
    days = frame.chart.days
    if len(days) == 1:
        canvas.text(frame.dates.x(days[0]), baseline, day_words(days[0]), anchor="middle")
    elif days:
        first, last = frame.dates.ends()
        canvas.text(frame.left - OVERHANG, baseline, first)
        canvas.text(frame.right + OVERHANG, baseline, last, anchor="end")


def _legend(chart: LineBand) -> list[LegendEntry]:
    entries: list[LegendEntry] = []
    if chart.points:
        entries.append(("dot", lambda x, y: circle(x, y, 4.5), "Level"))
        entries.append(("band", lambda x, y: box(x - 6, y - 5, 12, 10), "Likely range"))
    return entries + [_source_entry(source) for source in chart.sources]


def _source_entry(source: Source) -> LegendEntry:
    marker = SOURCE_MARKERS[source]
    return "evidence", lambda x, y: marker(x, y, 4), source.value
