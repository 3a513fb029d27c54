"""The competency profile and the awareness chart as figures."""

from __future__ import annotations

from textwrap import wrap

from ldtrack.charts.figure.parts import Part, base_layout, level_axis, plain, rounded
from ldtrack.charts.palette import ACCENT, BAND, INK, PAPER, QUIET, TINT
from ldtrack.charts.series import Absent, CompetencyRatings, Dumbbell, ProfileBars
from ldtrack.charts.series.words import target_words

_FILL = {"Self": PAPER.light, "Manager": TINT.light, "Others": ACCENT.light}
_SYMBOL = {"Self": "circle", "Manager": "diamond", "Others": "circle"}
_SAID = "%{text}<extra></extra>"
Values = list[tuple[int, float]]


def profile_figure(chart: ProfileBars) -> tuple[list[Part], Part]:
    traces = [_bars(chart, view) for view in _FILL]
    aimed = [
        (n, line.target) for n, line in enumerate(chart.competencies) if line.target is not None
    ]
    if aimed:
        traces.append(_targets(chart, aimed))
    return traces, _layout(chart, per_row=64) | {"barmode": "group", "bargap": 0.3}


def dumbbell_figure(chart: Dumbbell) -> tuple[list[Part], Part]:
    traces: list[Part] = _usual(chart)
    links = [_link(n, line) for n, line in enumerate(chart.competencies)]
    traces += [link for link in links if link]
    return traces + [_dots(chart, view) for view in chart.views], _layout(chart, per_row=48)


def _layout(chart: ProfileBars | Dumbbell, per_row: int) -> Part:
    """Rows stand at whole numbers, so that two competencies of one name stay two rows."""
    n = len(chart.competencies)
    names = ["<br>".join(_lines_of(line.competency)) for line in chart.competencies]
    return base_layout(
        height=110 + per_row * n,
        xaxis=level_axis(chart.scale, worded=False),
        yaxis={
            "range": [n - 0.5, -0.5],
            "tickvals": list(range(n)),
            "ticktext": names,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
        },
    )


def _lines_of(name: str) -> list[str]:
    return [plain(part) for part in wrap(name, 24, max_lines=3, placeholder="…")] or [""]


def _known(chart: ProfileBars | Dumbbell, view: str) -> Values:
    """Rows and values of one view; a value that is absent leaves its row empty."""
    found = [(n, dict(line.views())[view]) for n, line in enumerate(chart.competencies)]
    return [(n, value) for n, value in found if not isinstance(value, Absent)]


def _bars(chart: ProfileBars, view: str) -> Part:
    known, low = _known(chart, view), chart.scale.low
    return {
        "type": "bar",
        "orientation": "h",
        "name": view,
        "y": [n for n, _ in known],
        "x": [rounded(chart.scale.clip(value) - low) for _, value in known],
        "base": low,
        "text": _words(chart, view, known),
        "textposition": "none",
        "hovertemplate": _SAID,
        "marker": {"color": _FILL[view], "line": {"color": ACCENT.light, "width": 1.5}},
    }


def _dots(chart: Dumbbell, view: str) -> Part:
    known = _known(chart, view)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": view,
        "y": [n for n, _ in known],
        "x": [rounded(chart.scale.clip(value)) for _, value in known],
        "text": _words(chart, view, known),
        "hovertemplate": _SAID,
        "marker": {
            "symbol": _SYMBOL[view],
            "size": 12,
            "color": _FILL[view],
            "line": {"color": ACCENT.light, "width": 1.5},
        },
    }


def _targets(chart: ProfileBars, aimed: Values) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Target",
        "y": [n for n, _ in aimed],
        "x": [rounded(chart.scale.clip(target)) for _, target in aimed],
        "text": [f"Target {target_words(target)}" for _, target in aimed],
        "hovertemplate": _SAID,
        "marker": {
            "symbol": "line-ns",
            "size": 30,
            "color": INK.light,
            "line": {"color": INK.light, "width": 2},
        },
    }


def _link(row: int, line: CompetencyRatings) -> Part | None:
    values = [value for _, value in line.views() if not isinstance(value, Absent)]
    if len(values) < 2:
        return None
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [rounded(min(values)), rounded(max(values))],
        "y": [row, row],
        "line": {"color": QUIET.light, "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _usual(chart: Dumbbell) -> list[Part]:
    """One trace of thick lines behind the dots; a gap parts one row from the next."""
    banded = [(n, each) for n, each in enumerate(chart.competencies) if each.usual is not None]
    if not banded:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "Usual",
            "x": [x for _, e in banded for x in (*map(rounded, e.usual or ()), None)],
            "y": [y for n, _ in banded for y in (n, n, None)],
            "text": [
                said
                for _, each in banded
                for said in (*[f"{plain(each.competency)}<br>Usual {each.usual_words()}"] * 2, "")
            ],
            "hovertemplate": _SAID,
            "line": {"color": BAND.light, "width": 16},
        }
    ]


def _words(chart: ProfileBars | Dumbbell, view: str, known: Values) -> list[str]:
    """The table's own words for each value, so that a mean never loses its number of raters."""
    column = list(_FILL).index(view)
    lines = [chart.competencies[n] for n, _ in known]
    return [f"{plain(line.competency)}<br>{view} {line.cells()[column]}" for line in lines]
