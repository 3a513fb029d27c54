"""Figures are what plotly understands, small, and carry user text as text."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from ldtrack.charts.figure import Explorable, to_plotly
from ldtrack.charts.interactive import standalone_page, validate
from ldtrack.charts.palette import TONES
from tests.unit.charts.samples import (
    AWARENESS,
    EXPLORABLE,
    ONE_OBSERVATION,
    PROFILE,
    RATINGS,
    TRAJECTORY,
)

HOSTILE = "<img src=x onerror=alert(1)>%{x}</script>"


@pytest.mark.parametrize("chart", EXPLORABLE)
def test_plotly_knows_every_property_of_a_figure(chart: Explorable) -> None:
    figure = to_plotly(chart)
    assert len(validate(figure).data) == len(figure["data"])


@pytest.mark.parametrize("chart", EXPLORABLE)
def test_a_figure_is_strict_json_of_a_few_kilobytes(chart: Explorable) -> None:
    assert len(json.dumps(to_plotly(chart), allow_nan=False)) < 6_000


@pytest.mark.parametrize("chart", EXPLORABLE)
def test_every_colour_of_a_figure_has_its_name_on_the_page(chart: Explorable) -> None:
    figure = to_plotly(chart)
    text = json.dumps([figure["data"], figure["layout"]])
    for tone in TONES:
        text = text.replace(f'"{tone.light}"', "")
    assert [word for word in ("#", "rgb(") if word in text] == []
    assert figure["tones"]["#0b5d57"] == "var(--accent, light-dark(#0b5d57, #66cabd))"


def test_one_observation_is_a_marker_with_its_range_and_no_line() -> None:
    [target, level] = to_plotly(ONE_OBSERVATION)["data"]
    assert target["name"] == "Target 4"
    assert level["mode"] == "markers"
    assert level["error_y"]["array"] == [pytest.approx(3.9 - 3.2)]
    assert level["error_y"]["arrayminus"] == [pytest.approx(3.2 - 2.5)]


def test_the_level_axis_shows_the_whole_scale_and_cannot_be_cut() -> None:
    axis = to_plotly(TRAJECTORY)["layout"]["yaxis"]
    assert axis["range"] == [1 - 0.12, 5 + 0.12]
    assert axis["fixedrange"] is True


def test_a_change_of_framework_is_a_vertical_line_with_its_words() -> None:
    layout = to_plotly(TRAJECTORY)["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == ["2026-02-01"]
    assert [note["text"] for note in layout["annotations"]] == ["New framework"]


def test_two_competencies_of_one_name_stay_two_rows() -> None:
    twice = replace(AWARENESS, competencies=(RATINGS[0], RATINGS[0]))
    others = to_plotly(twice)["data"][-1]
    assert others["y"] == [0, 1]


def test_user_text_cannot_become_markup() -> None:
    ratings = replace(RATINGS[0], competency=HOSTILE)
    mark = replace(TRAJECTORY.marks[0], label=HOSTILE)
    evidence = tuple(replace(dot, label=HOSTILE) for dot in TRAJECTORY.evidence)
    charts: tuple[Explorable, ...] = (
        replace(TRAJECTORY, title=HOSTILE, marks=(mark,), evidence=evidence),
        replace(PROFILE, title=HOSTILE, competencies=(ratings,)),
        replace(AWARENESS, title=HOSTILE, competencies=(ratings,)),
    )
    for chart in charts:
        assert "<img" not in json.dumps(to_plotly(chart))
        assert "<img" not in standalone_page(chart, plotly_js="")


def test_the_interactive_page_stands_alone() -> None:
    page = standalone_page(TRAJECTORY, plotly_js="/* bundle */ '</script>'")
    assert TRAJECTORY.reading() in page
    assert "/* bundle */ '<\\/script>'" in page
    assert '<td class="num">3.4</td>' in page
    assert 'src="http' not in page


def test_drawing_and_describing_figures_needs_no_plotly_package() -> None:
    program = (
        "import sys, ldtrack.charts.figure, ldtrack.charts.svg; "
        "sys.exit(any(name.partition('.')[0] == 'plotly' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
