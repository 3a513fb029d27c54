"""Places on the clock: which day an instant falls on there, and when a day begins there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

EVERYWHERE_ALIKE = "UTC"
_REGIONS = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)


@cache
def zone_names() -> tuple[str, ...]:
    """The names that people choose among: UTC, then places by name."""
    places = sorted(name for name in available_timezones() if name.split("/")[0] in _REGIONS)
    return (EVERYWHERE_ALIKE, *places)


def zone_words(name: str) -> str:
    """How the place is called beside a time of day.

    >>> zone_words("America/New_York"), zone_words("UTC")
    ('America/New York time', 'UTC')
    """
    return name if name == EVERYWHERE_ALIKE else f"{name.replace('_', ' ')} time"


def shown_in(zone: ZoneInfo, at: datetime) -> datetime:
    """The same instant as the clocks of the place show it; its `date()` is the day there.

    It holds the distance from UTC at that instant and not the place, so that sums and differences
    count hours that pass, whatever clocks do in between.

    >>> shown_in(ZoneInfo("Australia/Lord_Howe"), datetime(2026, 7, 1, 14, tzinfo=UTC)).isoformat()
    '2026-07-02T00:30:00+10:30'
    """
    there = at.astimezone(zone)
    return there.astimezone(timezone(there.utcoffset() or UTC.utcoffset(None)))


def begins(day: date, zone: ZoneInfo, at: time = time.min) -> datetime:
    """The instant, in UTC, at which the clocks of the place show this hour of this day.

    Where clocks leap over the hour it is the hour by the clocks from before; where they show it
    twice, the first time. Either way no instant before a day's beginning is on that day.

    >>> begins(date(2026, 10, 26), ZoneInfo("Europe/London")).isoformat()
    '2026-10-26T00:00:00+00:00'
    """
    return datetime.combine(day, at, zone).astimezone(UTC)
