"""The trajectory as a chart, from evidence made by hand."""

from __future__ import annotations

from datetime import date

from ldtrack.charts.series import LineBand, Source
from ldtrack.charts.series import Scale as ChartScale
from ldtrack.evidence.domain import Entry
from ldtrack.growth.domain import Level, fold, standing_at
from ldtrack.growth.domain.picture import line_of
from tests.unit.growth.makers import MIDDLE, USUAL, day, exposure, graded, passed

FIVE = ChartScale(low=1, high=5)


def _line(entries: list[Entry], on: date, *, with_evidence: bool = False) -> LineBand:
    trajectory = fold(entries, MIDDLE, USUAL, on)
    standing = standing_at(trajectory, on)
    return line_of("Listening", trajectory, standing, FIVE, with_evidence=with_evidence)


def test_a_single_observation_is_one_point_on_its_own_day() -> None:
    line = _line([graded(1, 0, 3.5)], day(200))
    assert [point.on for point in line.points] == [day(0)]
    assert line.has_trend is False


def test_its_range_is_the_one_that_is_printed_beside_it() -> None:
    trajectory = fold([graded(1, 0, 3.5)], MIDDLE, USUAL, day(200))
    standing = standing_at(trajectory, day(200))
    assert isinstance(standing, Level)
    point = line_of("Listening", trajectory, standing, FIVE).points[0]
    assert (point.low, point.level, point.high) == (
        standing.band.low,
        standing.mean,
        standing.band.high,
    )


def test_two_pieces_of_one_day_draw_no_line_either() -> None:
    line = _line([graded(1, 0, 3.5), passed(2, 0, 3)], day(200))
    assert [point.on for point in line.points] == [day(0)]


def test_two_days_make_a_line_that_goes_on_to_today() -> None:
    line = _line([graded(1, 0, 3.5), passed(2, 90, 3)], day(200))
    assert [point.on for point in line.points] == [day(0), day(90), day(200)]


def test_taking_part_draws_nothing() -> None:
    line = _line([exposure(1, 0)], day(200), with_evidence=True)
    assert (line.points, line.evidence) == ((), ())


def test_evidence_is_drawn_at_what_it_spoke_for() -> None:
    line = _line([graded(1, 0, 3.5), passed(2, 90, 3)], day(200), with_evidence=True)
    assert [(dot.on, dot.level, dot.source) for dot in line.evidence] == [
        (day(0), 3.5, Source.COACHING),
        (day(90), 3.0, Source.COACHING),
    ]
