"""Which day it is somewhere, and when it begins there, also where clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldtrack.core.clock import LocalClock, SetClock
from ldtrack.core.zones import begins, shown_in, zone_names

LONDON, LORD_HOWE, APIA = map(ZoneInfo, ("Europe/London", "Australia/Lord_Howe", "Pacific/Apia"))
MOMENT = timedelta(microseconds=1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]  # year, month, day, ...


def test_in_london_a_day_in_summer_begins_an_hour_before_utc_does() -> None:
    assert begins(date(2026, 7, 13), LONDON) == utc(2026, 7, 12, 23)
    assert begins(date(2026, 12, 13), LONDON) == utc(2026, 12, 13, 0)
    assert shown_in(LONDON, utc(2026, 7, 12, 23)).date() == date(2026, 7, 13)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (LONDON, date(2026, 3, 29), 23.0),
        (LONDON, date(2026, 10, 25), 25.0),
        (LORD_HOWE, date(2026, 10, 4), 23.5),
        (LORD_HOWE, date(2026, 4, 5), 24.5),
        (APIA, date(2011, 12, 29), 24.0),
        (APIA, date(2011, 12, 30), 0.0),
        (APIA, date(2011, 12, 31), 24.0),
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(zone: ZoneInfo, day: date, hours: float) -> None:
    length = begins(day + timedelta(days=1), zone) - begins(day, zone)
    assert length == timedelta(hours=hours)


def test_in_apia_the_29th_was_followed_by_the_31st() -> None:
    over = begins(date(2011, 12, 30), APIA)
    assert shown_in(APIA, over - MOMENT).date() == date(2011, 12, 29)
    assert shown_in(APIA, over).date() == date(2011, 12, 31)


def test_eight_o_clock_is_eight_o_clock_by_the_clocks_of_the_day() -> None:
    assert begins(date(2026, 3, 28), LONDON, time(8)) == utc(2026, 3, 28, 8)
    assert begins(date(2026, 3, 29), LONDON, time(8)) == utc(2026, 3, 29, 7)
    assert begins(date(2026, 7, 1), LORD_HOWE, time(8)) == utc(2026, 6, 30, 21, 30)


def test_an_hour_that_passes_is_an_hour_although_clocks_are_set_back_meanwhile() -> None:
    before = shown_in(LONDON, utc(2026, 10, 25, 0, 30))
    after = shown_in(LONDON, utc(2026, 10, 25, 1, 30))
    assert (before.hour, after.hour) == (1, 1)
    assert after - before == timedelta(hours=1)
    assert before + timedelta(hours=1) == after


def test_a_clock_that_hangs_somewhere_shows_the_day_there() -> None:
    clock = SetClock(utc(2026, 11, 20, 23, 30))
    assert clock.today() == date(2026, 11, 20)
    assert LocalClock(clock, ZoneInfo("Europe/Paris")).today() == date(2026, 11, 21)
    assert LocalClock(clock, LORD_HOWE).now() == clock.now()


def test_people_choose_among_places_and_utc_but_not_among_old_spellings() -> None:
    assert zone_names()[0] == "UTC"
    assert {"Europe/London", "Pacific/Apia", "Australia/Lord_Howe"} <= set(zone_names())
    assert [name for name in ("US/Eastern", "Etc/GMT+5", "EST", "") if name in zone_names()] == []


# The first look at a zone takes as long as the disk does.
@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(zone_names()),
    day=st.dates(min_value=date(1990, 1, 1), max_value=date(2037, 12, 31)),
)
def test_before_a_day_begins_it_is_an_earlier_one_anywhere(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    start = begins(day, zone)
    assert shown_in(zone, start - MOMENT).date() < day
    assert shown_in(zone, start).date() >= day
