from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal

import pytest
from flask import Flask

from ldtrack.ui.fields import DayField, LevelField, NumberField, TimeField, WholeNumberField
from ldtrack.ui.forms import Form
from tests.unit.ui.forms import filled


class Measures(Form):
    day = DayField("Day")
    at = TimeField("Time")
    count = WholeNumberField("Count", lowest=1, highest=480)
    weight = NumberField("Weight", lowest=0, highest=10)
    level = LevelField("Level")


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", method="POST"):
        yield


def test_everything_may_be_left_blank_and_is_then_none() -> None:
    form = filled(Measures, day=" ", at="", count="", weight="", level="")
    assert form.validate()
    assert [form.day.data, form.at.data, form.count.data, form.weight.data, form.level.data] == (
        [None] * 5
    )


def test_the_29th_of_february_exists_in_leap_years_only() -> None:
    assert filled(Measures, day="2028-02-29").day.data == date(2028, 2, 29)
    form = filled(Measures, day="2026-02-29")
    assert not form.validate()
    assert form.problems == [
        ("day", "Day: There is no day 2026-02-29. Please check the month and day.")
    ]


@pytest.mark.parametrize(
    "typed", ["3/11/2026", "20261103", "2026-W45-2", "٢٠٢٦-١١-٠٣", "2026-11-03T10:00", "x" * 10_000]
)
def test_a_day_in_another_form_is_refused(typed: str) -> None:
    form = filled(Measures, day=typed)
    assert not form.validate()
    assert form.day.errors == ["Please give a day as year-month-day, such as 2026-11-03."]


@pytest.mark.parametrize("typed", ["1899-12-31", "2201-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_out_of_bounds_is_refused(typed: str) -> None:
    form = filled(Measures, day=typed)
    assert not form.validate()
    assert form.day.errors == ["Please give a day from 1 Jan 1900 to 31 Dec 2200."]


def test_what_cannot_be_read_is_shown_again_in_an_input_that_can_hold_it() -> None:
    form = filled(Measures, day="29 February", count="1e9")
    form.validate()
    assert 'type="text" value="29 February"' in str(form.day())
    assert 'type="text" value="1e9"' in str(form.count())
    assert 'type="date" value="2026-11-03"' in str(filled(Measures, day="2026-11-03").day())


@pytest.mark.parametrize(("typed", "read"), [("9:05", time(9, 5)), ("23:59:00", time(23, 59))])
def test_a_time_is_read_to_the_minute(typed: str, read: time) -> None:
    assert filled(Measures, at=typed).at.data == read


@pytest.mark.parametrize("typed", ["24:00", "12:60", "noon", "-1:00"])
def test_a_time_that_no_clock_shows_is_refused(typed: str) -> None:
    assert not filled(Measures, at=typed).validate()


@pytest.mark.parametrize(
    "typed", ["0", "481", "-1", str(2**63), "9" * 5_000, "1e3", "1.5", "NaN", "٣", "1\x002"]
)
def test_an_absurd_count_is_refused_without_harm(typed: str) -> None:
    form = filled(Measures, count=typed)
    assert not form.validate()
    assert len(form.problems) == 1


def test_a_count_may_carry_spaces_and_a_sign() -> None:
    assert filled(Measures, count=" +4\u00a080 ").count.data == 480


def test_a_number_may_use_a_comma() -> None:
    assert filled(Measures, weight="2,75").weight.data == Decimal("2.75")


@pytest.mark.parametrize("typed", ["Infinity", "NaN", "1e400", "10.01", "-0.01", "1.234", "1.2.3"])
def test_a_number_out_of_bounds_or_too_fine_is_refused(typed: str) -> None:
    assert not filled(Measures, weight=typed).validate()


def test_a_level_is_a_float_with_one_decimal_on_the_scale() -> None:
    assert filled(Measures, level="3,5").level.data == 3.5
    for typed in ("0.9", "5.1", "3.25"):
        assert not filled(Measures, level=typed).validate()
