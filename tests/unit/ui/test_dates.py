from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from ldtrack.ui import dates


def test_a_day_reads_the_same_everywhere() -> None:
    on = date(2026, 11, 3)
    assert dates.day(on) == "3 Nov 2026"
    assert dates.day_short(on) == "3 Nov"
    assert dates.weekday(on) == "Tue 3 Nov"
    assert dates.month(on) == "Nov 2026"


def test_an_instant_reads_as_the_clocks_of_the_zone_show_it() -> None:
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert dates.moment(at) == "31 Dec 2026, 23:30"
    assert dates.moment(at.astimezone(ZoneInfo("Europe/Amsterdam"))) == "1 Jan 2027, 00:30"


def test_missing_is_a_dash_and_never_zero() -> None:
    said = [dates.day(None), dates.moment(None), dates.level(None), dates.share(None)]
    assert said == ["–"] * 4
    assert dates.level(0.0) == "0.0"


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 sessions"), (1, "1 session"), (2, "2 sessions"), (1200, "1,200 sessions")],
)
def test_counts_agree_with_their_word(n: int, said: str) -> None:
    assert dates.count_of(n, "session") == said


def test_an_odd_plural_is_given() -> None:
    assert dates.count_of(2, "person", "people") == "2 people"


def test_a_share_is_a_whole_percentage() -> None:
    assert dates.share(128 / 206) == "62%"


def test_a_day_near_today_leaves_the_year_out_unless_it_is_another() -> None:
    today = date(2026, 11, 20)

    assert dates.day_near(date(2026, 11, 3), today) == "3 Nov"
    assert dates.day_near(date(2027, 1, 3), today) == "3 Jan 2027"
    assert dates.day_near(None, today) == "–"
