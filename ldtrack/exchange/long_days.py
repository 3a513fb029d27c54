"""Days as Moodle spells them out."""

from __future__ import annotations

import re
from datetime import date

from ldtrack.exchange.reading import day_of, real_day

_MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_LONG = re.compile(r"(?:(\w+), )?(\d{1,2}) (\w+) (\d{4})(?:, .{0,20})?")


def long_day(cell: str) -> date:
    """The day in “Thursday, 15 January 2026, 4:10 PM”; also one written as year-month-day.

    Raises `ValueError` with a sentence, also when the weekday is not that day's.

    >>> long_day("Thursday, 15 January 2026, 4:10 PM")
    datetime.date(2026, 1, 15)
    """
    if cell[:4].isdigit():
        return day_of(cell)
    found = _LONG.fullmatch(cell)
    if found is None or found[3].casefold() not in _MONTHS:
        raise ValueError(f"“{cell[:80]}” is not a day such as 15 January 2026.")
    day = real_day(int(found[4]), _MONTHS.index(found[3].casefold()) + 1, int(found[2]))
    right = _WEEKDAYS[day.weekday()]
    if found[1] and found[1].casefold() != right:
        raise ValueError(f"{found[2]} {found[3]} {found[4]} was a {right.capitalize()}.")
    return day
