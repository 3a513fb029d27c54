"""The drawing, the figure and the table show the same numbers."""

from __future__ import annotations

from typing import Any

import pytest

from ldtrack.charts.figure import Explorable, to_plotly
from ldtrack.charts.svg import LARGE, SMALL
from ldtrack.charts.svg.dumbbell import dumbbell_frame
from tests.unit.charts.drawing import outline, parsed, path
from tests.unit.charts.samples import AWARENESS, PROFILE, TRAJECTORY

LOW, HIGH = 1, 5
A_TENTH_OF_A_PIXEL = 0.004
"""In levels, on a drawing some hundred pixels high."""


def traces(chart: Explorable) -> dict[str, dict[str, Any]]:
    return {trace["name"]: trace for trace in to_plotly(chart)["data"] if "name" in trace}


def levels(svg_heights: list[float], top: float, bottom: float) -> list[float]:
    """Heights of a drawing turned back into levels."""
    return [LOW + (bottom - y) / (bottom - top) * (HIGH - LOW) for y in svg_heights]


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_line_and_the_band_of_a_trajectory(size: tuple[int, int]) -> None:
    svg = parsed(TRAJECTORY, width=size[0], height=size[1])
    grid = [y for _, y in outline(svg, "axis")]
    bottom, top = grid[0], grid[2 * (HIGH - LOW)]
    drawn = traces(TRAJECTORY)
    for kind, name in (("line", "Level"), ("band", "Likely range"), ("target", "Target 3.5")):
        plotted = drawn[name]["y"]
        # The legend of a large drawing comes after the level itself.
        corners = outline(svg, kind)[: len(plotted)]
        read_back = levels([y for _, y in corners], top, bottom)
        assert read_back == pytest.approx(plotted, abs=2 * A_TENTH_OF_A_PIXEL)


def test_the_figure_of_a_trajectory_holds_the_numbers_of_its_table() -> None:
    figure = traces(TRAJECTORY)
    shown = [row[2:] for row in TRAJECTORY.rows().rows if row[1] == "Estimated level"]
    band = figure["Likely range"]["y"]
    n = len(shown)
    assert [f"{level:.1f}" for level in figure["Level"]["y"]] == [row[0] for row in shown]
    assert [f"{high:.1f}" for high in band[:n]] == [row[2] for row in shown]
    assert [f"{low:.1f}" for low in band[n:]] == [row[1] for row in shown][::-1]


def test_every_piece_of_evidence_is_in_both() -> None:
    svg = parsed(TRAJECTORY, width=720, height=320)
    figure = traces(TRAJECTORY)
    plotted = len(figure["Coaching"]["x"]) + len(figure["360 feedback"]["x"])
    in_legend = 2
    assert path(svg, "evidence").count("M") == plotted + in_legend
    assert plotted == 3


def test_bars_end_where_the_drawing_ends_them() -> None:
    svg = parsed(PROFILE, width=720)
    grid = sorted({x for x, _ in outline(svg, "axis")})
    left, right = grid[0], grid[-1]
    for kind, name in (("own", "Self"), ("manager", "Manager"), ("others", "Others")):
        trace = traces(PROFILE)[name]
        lengths = [
            float(part.split("h")[1].split("v")[0]) for part in path(svg, kind).split("M")[2:]
        ]
        read_back = [length / (right - left) * (HIGH - LOW) for length in lengths]
        assert read_back == pytest.approx(trace["x"], abs=A_TENTH_OF_A_PIXEL)
        assert trace["base"] == LOW


def test_dots_stand_where_the_drawing_puts_them() -> None:
    frame = dumbbell_frame(AWARENESS, 720)
    plotted = traces(AWARENESS)
    known = [4.4, 3.0, 2.9, 3.5]
    in_figure = plotted["Self"]["x"] + plotted["Manager"]["x"] + plotted["Others"]["x"]
    assert sorted(in_figure) == sorted(known)
    svg = parsed(AWARENESS, width=720)
    link = [x for x, _ in outline(svg, "link")]
    assert link == pytest.approx([frame.x(2.9), frame.x(4.4)], abs=0.05)


def test_an_absent_rating_is_absent_from_the_figure() -> None:
    plotted = traces(PROFILE)
    assert [plotted[name]["y"] for name in ("Self", "Manager", "Others")] == [[0], [0, 1], [0]]
