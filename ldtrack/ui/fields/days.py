"""Fields for a day and for a time of day; instants and zones are no matter of forms."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from wtforms import widgets
from wtforms.validators import ValidationError

from ldtrack.ui.dates import day
from ldtrack.ui.fields.asked import TypedField

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 12, 31)

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(:[0-9]{2})?")


class DayField(TypedField):
    """A calendar day, sent as year-month-day; ``data`` is a date, or None when blank."""

    def __init__(
        self, label: str, *, earliest: date = FIRST_DAY, latest: date = LAST_DAY, **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self.earliest, self.latest = earliest, latest
        self.widget = widgets.DateInput()
        self.render_kw = {
            "min": earliest.isoformat(),
            "max": latest.isoformat(),
            **(self.render_kw or {}),
        }

    def read(self, typed: str) -> date | None:
        text = typed.strip()
        if not text:
            return None
        found = _ISO_DAY.fullmatch(text)
        if found is None:
            raise ValueError("Please give a day as year-month-day, such as 2026-11-03.")
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            raise ValueError(f"There is no day {text}. Please check the month and day.") from None

    def check(self) -> None:
        if not self.earliest <= self.data <= self.latest:
            raise ValidationError(
                f"Please give a day from {day(self.earliest)} to {day(self.latest)}."
            )

    def write(self, value: date) -> str:
        return value.isoformat()


class TimeField(TypedField):
    """A time of day to the minute; ``data`` is a time, or None when blank."""

    widget = widgets.TimeInput()

    def read(self, typed: str) -> time | None:
        text = typed.strip()
        if not text:
            return None
        found = _CLOCK.fullmatch(text)
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValueError("Please give a time from 00:00 to 23:59, such as 14:30.")
        return time(int(found[1]), int(found[2]))

    def write(self, value: time) -> str:
        return value.strftime("%H:%M")
