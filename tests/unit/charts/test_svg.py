"""Drawings: complete, escaped, and honest about how little there is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from ldtrack.charts.series import Absent, Chart, Estimate, LineBand, ProfileBars
from ldtrack.charts.svg import LARGE, NARROW, SMALL, to_svg
from ldtrack.charts.svg.paint import PAINT
from tests.unit.charts.drawing import outline, parsed, path, words
from tests.unit.charts.samples import (
    ALL,
    AWARENESS,
    METER,
    NOT_ASSESSED,
    NOTHING_YET,
    ONE_OBSERVATION,
    PROFILE,
    PROGRESS,
    RATINGS,
    TRAJECTORY,
)

STYLE = Path(__file__).parents[3] / "static" / "css" / "components" / "chart.css"
SIZES = (SMALL, LARGE, NARROW)
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chart", ALL)
def test_a_drawing_is_named_by_its_reading(chart: Chart, size: tuple[int, int]) -> None:
    svg = parsed(chart, width=size[0], height=size[1])
    assert svg.get("role") == "img"
    assert svg.findtext("title") == chart.reading()


@pytest.mark.parametrize("chart", ALL)
def test_a_drawing_passes_into_a_template_unescaped(chart: Chart) -> None:
    assert isinstance(to_svg(chart), Markup)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chart", ALL)
def test_no_drawing_needs_a_style_attribute_an_id_or_a_number_that_is_none(
    chart: Chart, size: tuple[int, int]
) -> None:
    for for_print in (False, True):
        svg = to_svg(chart, width=size[0], height=size[1], for_print=for_print)
        assert re.findall(r" style=| id=|nan|inf\b", svg) == []


@pytest.mark.parametrize("chart", ALL)
def test_print_carries_its_paint_and_screen_its_class_names(chart: Chart) -> None:
    printed = parsed(chart, for_print=True)
    parts = [*printed.findall(f"{_SVG}path"), *printed.findall(f"{_SVG}text")]
    assert [part for part in parts if part.get("class") or not part.get("fill")] == []
    shown = parsed(chart)
    parts = [*shown.findall("path"), *shown.findall("text")]
    assert [part for part in parts if part.get("class") not in PAINT] == []


def test_the_style_sheet_paints_every_kind_of_mark() -> None:
    painted = set(re.findall(r"\.chart \.([a-z]+) \{", STYLE.read_text()))
    assert painted == set(PAINT)


@pytest.mark.parametrize("size", SIZES)
def test_one_observation_draws_a_point_with_its_range_and_no_line(size: tuple[int, int]) -> None:
    svg = parsed(ONE_OBSERVATION, width=size[0], height=size[1])
    assert path(svg, "line") == ""
    assert path(svg, "band") != ""
    assert path(svg, "dot") != ""


@pytest.mark.parametrize("size", SIZES)
def test_no_observation_draws_words_instead_of_a_level(size: tuple[int, int]) -> None:
    svg = parsed(NOTHING_YET, width=size[0], height=size[1])
    assert [path(svg, kind) for kind in ("line", "band", "dot")] == ["", "", ""]
    assert "Not yet assessed" in words(svg)
    assert path(svg, "target") != ""


def test_a_level_that_was_never_assessed_has_neither_dot_nor_range() -> None:
    svg = parsed(NOT_ASSESSED)
    assert [path(svg, kind) for kind in ("dot", "band")] == ["", ""]


def test_an_absent_rating_is_named_and_never_drawn_as_zero() -> None:
    only_absent = replace(
        RATINGS[1], own=Absent.NOT_RATED, manager=Absent.TOO_LITTLE, others=Absent.HIDDEN
    )
    svg = parsed(replace(PROFILE, competencies=(only_absent,)), width=720)
    said = words(svg)
    assert [
        each for each in ("not rated", "too little evidence", "hidden") if each not in said
    ] == []
    # What is left of each kind is its square in the legend.
    assert [path(svg, kind).count("M") for kind in ("own", "manager", "others")] == [1, 1, 1]


def test_a_large_drawing_names_levels_marks_target_and_sources() -> None:
    said = words(parsed(TRAJECTORY, width=720, height=320))
    expected = {"Capable", "New framework", "target 3.5", "3.4", "Coaching", "360 feedback"}
    assert expected - set(said) == set()


def test_a_small_drawing_names_only_levels_and_the_first_and_last_month() -> None:
    assert words(parsed(TRAJECTORY)) == ["1", "2", "3", "4", "5", "Jan 2025", "Nov 2026"]


def test_a_range_on_the_edge_of_the_scale_stays_inside_the_drawing() -> None:
    wide = tuple(replace(point, low=-3, high=9) for point in TRAJECTORY.points)
    svg = parsed(replace(TRAJECTORY, points=wide))
    assert {y for _, y in outline(svg, "band")} == {8.0, 124 - 20.0}


def test_grid_and_markers_of_one_kind_are_one_path() -> None:
    svg = parsed(TRAJECTORY)
    assert len(svg.findall("path[@class='axis']")) == 1
    assert len(parsed(AWARENESS).findall("path[@class='axis']")) == 1


def test_words_at_the_scale_show_only_where_they_fit() -> None:
    assert "Capable" in words(parsed(METER))
    assert [*words(parsed(METER, width=160, height=24))] == []
    long_words = replace(METER.scale, words=("Aware", "With guidance", "Alone", "Coaches", "Leads"))
    said = words(parsed(replace(METER, scale=long_words), width=240))
    assert said == ["1", "Aware", "2", "3", "4", "5", "Leads"]


def test_done_and_shown_are_two_bars_as_long_as_their_shares() -> None:
    svg = parsed(PROGRESS, width=360)
    done, shown = path(svg, "done"), path(svg, "shown")
    # A bar of height 8 rounds its ends by 4 on each side.
    assert done.startswith(f"M4 22h{360 * 4 // 9 - 8}a")
    assert shown.startswith(f"M4 64h{360 * 1 // 3 - 8}a")


HOSTILE = '</title><script>alert("x")</script>&\x00\ud800\ufffe'


@pytest.mark.parametrize("for_print", [False, True])
def test_hostile_words_stay_words(for_print: bool) -> None:
    ratings = replace(RATINGS[0], competency=HOSTILE, verdict=HOSTILE)
    mark = replace(TRAJECTORY.marks[0], label=HOSTILE)
    scale = replace(TRAJECTORY.scale, words=(HOSTILE,) * 5)
    charts: tuple[Chart, ...] = (
        replace(TRAJECTORY, title=HOSTILE, marks=(mark,), scale=scale),
        replace(PROFILE, title=HOSTILE, competencies=(ratings,)),
        replace(AWARENESS, competencies=(ratings,)),
        replace(METER, title=HOSTILE, sureness=HOSTILE, scale=scale),
        replace(PROGRESS, title=HOSTILE),
    )
    for chart in charts:
        svg = parsed(chart, width=720, height=320, for_print=for_print)
        assert {part.tag.removeprefix(_SVG) for part in svg.iter()} == {
            "svg",
            "title",
            "path",
            "text",
        }


def test_long_names_break_into_two_lines_and_end_in_an_ellipsis() -> None:
    name = "Coaching others and growing successors in a distributed organisation"
    wide = ProfileBars(
        title="Profile",
        scale=PROFILE.scale,
        competencies=(replace(RATINGS[0], competency=name),),
    )
    named = [said for said in words(parsed(wide, width=720)) if said[0] in "Cs"]
    assert named == ["Coaching others and growing", "successors in a distributed org…"]
    assert wide.rows().rows[0][0] == name


def test_levels_that_touch_the_target_keep_their_words_apart() -> None:
    svg = parsed(TRAJECTORY, width=720, height=320)
    heights = {part.text: float(part.get("y", "0")) for part in svg.findall("text")}
    assert abs(heights["3.4"] - heights["target 3.5"]) == 15


def test_pieces_of_evidence_a_few_days_apart_stand_beside_each_other() -> None:
    milestone = TRAJECTORY.evidence[1]
    days = (milestone.on + timedelta(days=days) for days in (0, 3, 6))
    close = replace(TRAJECTORY, evidence=tuple(replace(milestone, on=day) for day in days))
    svg = parsed(close, width=LARGE[0], height=LARGE[1])

    *circles, _legend = outline(svg, "evidence")

    assert [round(x - circles[0][0]) for x, _ in circles] == [0, -11, -22]


def test_a_drawing_for_print_stands_alone() -> None:
    svg = to_svg(TRAJECTORY, for_print=True)
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{_SVG}svg"
    assert (root.get("width"), root.get("height")) == ("280", "124")


def test_a_small_multiple_is_light() -> None:
    many = replace(TRAJECTORY, evidence=())
    assert isinstance(many, LineBand)
    assert len(to_svg(many)) < 2_000


def test_an_estimate_without_spread_still_shows_a_range() -> None:
    exact = replace(METER, estimate=Estimate(level=3, low=3, high=3))
    assert path(parsed(exact), "band") != ""
