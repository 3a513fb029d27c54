"""The band of what is usual, and a chart of many people together, who have no one manager."""

from __future__ import annotations

from dataclasses import replace

from ldtrack.charts.series import Absent
from tests.unit.charts.drawing import parsed, words
from tests.unit.charts.samples import AWARENESS, RATINGS
from tests.unit.charts.test_same_numbers import traces

BANDED = replace(AWARENESS, competencies=(replace(RATINGS[0], usual=(3.3, 3.9)), RATINGS[1]))
TOGETHER = replace(
    AWARENESS,
    competencies=(replace(RATINGS[0], manager=Absent.NOT_RATED, verdict=""),),
    with_manager=False,
)


def test_the_band_is_in_the_reading_the_table_the_drawing_and_the_figure() -> None:
    assert "others 2.9 (n 7), target 3.5, usual 3.3 to 3.9 (blind spot)." in BANDED.reading()
    assert BANDED.rows().header == ("Competency", "Self", "Manager", "Others", "Usual", "Reading")
    assert [row[4] for row in BANDED.rows().rows] == ["3.3 to 3.9", ""]
    assert len(parsed(BANDED).findall("path[@class='band']")) == 2  # the bands and the legend
    assert traces(BANDED)["Usual"]["x"] == [3.3, 3.9, None]


def test_without_a_band_nothing_speaks_of_one() -> None:
    assert "usual" not in AWARENESS.reading()
    assert parsed(AWARENESS).findall("path[@class='band']") == []


def test_many_people_together_have_no_manager_anywhere() -> None:
    assert "manager" not in TOGETHER.reading().lower()
    assert TOGETHER.rows().header == ("Competency", "Self", "Others", "Reading")
    assert "Manager" not in words(parsed(TOGETHER))
    assert list(traces(TOGETHER)) == ["Self", "Others"]
