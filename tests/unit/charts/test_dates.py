"""Days on the axis: named at whole months, never closer than they can be read."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.charts.svg.dates import DateAxis
from tests.unit.charts.samples import NOTHING_YET, ONE_OBSERVATION, TRAJECTORY


def axis(first: date, last: date, right: float = 600) -> DateAxis:
    return DateAxis(first=first, last=last, left=0, right=right)


def test_days_stand_in_proportion() -> None:
    spread = axis(date(2025, 1, 1), date(2025, 1, 11))
    assert spread.x(date(2025, 1, 3)) == pytest.approx(600 * 2 / 10)


def test_two_years_are_named_by_quarter_where_there_is_room() -> None:
    ticks = axis(date(2025, 1, 15), date(2026, 11, 2)).ticks(room=72)
    assert ticks == [
        date(2025, 4, 1),
        date(2025, 7, 1),
        date(2025, 10, 1),
        date(2026, 1, 1),
        date(2026, 4, 1),
        date(2026, 7, 1),
        date(2026, 10, 1),
    ]


def test_a_narrow_axis_names_years() -> None:
    ticks = axis(date(2022, 6, 1), date(2026, 6, 1), right=320).ticks(room=72)
    assert ticks == [date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)]


def test_ends_within_two_months_are_named_by_day() -> None:
    assert axis(date(2025, 1, 15), date(2025, 2, 4)).ends() == ("15 Jan 2025", "4 Feb 2025")
    assert axis(date(2025, 1, 15), date(2025, 9, 4)).ends() == ("Jan 2025", "Sep 2025")


def test_a_single_day_stands_in_the_middle_of_the_axis() -> None:
    first, last = ONE_OBSERVATION.span
    assert date(2025, 3, 3) - first == last - date(2025, 3, 3)
    assert TRAJECTORY.span == (date(2025, 1, 15), date(2026, 11, 2))
    assert NOTHING_YET.span[0] < NOTHING_YET.span[1]
