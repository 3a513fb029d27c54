"""A trajectory as a figure."""

from __future__ import annotations

from datetime import date, timedelta

from ldtrack.charts.figure.parts import Part, base_layout, level_axis, plain, rounded
from ldtrack.charts.palette import ACCENT, BAND, INK, PAPER, QUIET
from ldtrack.charts.series import LevelPoint, LineBand, Source
from ldtrack.charts.series.words import day_words, level_words, target_words

SYMBOLS = {
    Source.COURSE: "square",
    Source.COACHING: "circle",
    Source.ASSIGNMENT: "triangle-up",
    Source.FEEDBACK: "diamond",
    Source.REFLECTION: "triangle-down",
    Source.OTHER: "x",
}
_SAID = "%{text}<extra></extra>"


def line_band_figure(chart: LineBand) -> tuple[list[Part], Part]:
    traces = [_band(chart)] if chart.has_trend else []
    traces += [_target(chart, chart.target)] if chart.target is not None else []
    traces += [_evidence(chart, source) for source in chart.sources]
    traces += [_level(chart)] if chart.points else []
    layout = base_layout(
        xaxis=_date_axis(chart),
        yaxis=level_axis(chart.scale, worded=True),
        shapes=[_mark_line(mark.on) for mark in chart.marks],
        annotations=[_mark_words(mark.on, mark.label) for mark in chart.marks],
    )
    return traces, layout


def _date_axis(chart: LineBand) -> Part:
    """From the first day to the last with a little room; days are named once a month is wide."""
    first, last = chart.span
    room = max((last - first) / 40, timedelta(days=1))
    return {
        "type": "date",
        "range": [(first - room).isoformat(), (last + room).isoformat()],
        "tickformatstops": [
            {"dtickrange": [None, "M1"], "value": "%-d %b %Y"},
            {"dtickrange": ["M1", None], "value": "%b %Y"},
        ],
        "tickangle": 0,
        "showgrid": False,
        "automargin": True,
    }


def _level(chart: LineBand) -> Part:
    points = chart.shown
    trace: Part = {
        "type": "scatter",
        "name": "Level",
        "legendrank": 1,
        "mode": "lines+markers" if chart.has_trend else "markers",
        "x": [point.on.isoformat() for point in points],
        "y": [rounded(point.level) for point in points],
        "text": [_point_words(point) for point in points],
        "hovertemplate": _SAID,
        "line": {"color": ACCENT.light, "width": 2},
        "marker": {"color": ACCENT.light, "size": 7, "line": {"color": PAPER.light, "width": 1}},
    }
    if not chart.has_trend:
        trace["error_y"] = _range_of(points[0])
    return trace


def _range_of(point: LevelPoint) -> Part:
    return {
        "type": "data",
        "symmetric": False,
        "array": [rounded(point.high - point.level)],
        "arrayminus": [rounded(point.level - point.low)],
        "color": ACCENT.light,
        "width": 6,
    }


def _band(chart: LineBand) -> Part:
    there, back = chart.shown, chart.shown[::-1]
    return {
        "type": "scatter",
        "name": "Likely range",
        "mode": "lines",
        "x": [point.on.isoformat() for point in there + back],
        "y": [rounded(p.high) for p in there] + [rounded(p.low) for p in back],
        "fill": "toself",
        "fillcolor": BAND.light,
        "line": {"width": 0, "color": ACCENT.light},
        "hoverinfo": "skip",
    }


def _target(chart: LineBand, target: float) -> Part:
    return {
        "type": "scatter",
        "name": f"Target {target_words(target)}",
        "mode": "lines",
        "x": [day.isoformat() for day in chart.span],
        "y": [rounded(chart.scale.clip(target)) for _ in chart.span],
        "line": {"color": INK.light, "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _evidence(chart: LineBand, source: Source) -> Part:
    dots = [dot for dot in chart.evidence if dot.source is source]
    said = (": ".join(filter(None, (source.value, dot.label))) for dot in dots)
    return {
        "type": "scatter",
        "name": source.value,
        "mode": "markers",
        "x": [dot.on.isoformat() for dot in dots],
        "y": [rounded(chart.scale.clip(dot.level)) for dot in dots],
        "text": [
            f"{day_words(dot.on)}<br>{plain(words)}" for dot, words in zip(dots, said, strict=True)
        ],
        "hovertemplate": _SAID,
        "marker": {
            "symbol": SYMBOLS[source],
            "size": 9,
            "color": PAPER.light,
            "line": {"color": QUIET.light, "width": 1.5},
        },
    }


def _mark_line(on: date) -> Part:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": on.isoformat(),
        "x1": on.isoformat(),
        "y0": 0,
        "y1": 1,
        "line": {"color": QUIET.light, "width": 1, "dash": "dot"},
    }


def _mark_words(on: date, label: str) -> Part:
    return {
        "x": on.isoformat(),
        "y": 1,
        "xref": "x",
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "text": plain(label),
    }


def _point_words(point: LevelPoint) -> str:
    likely = f"{level_words(point.low)} to {level_words(point.high)}"
    return f"{day_words(point.on)}<br>Level {level_words(point.level)} ({likely})"
