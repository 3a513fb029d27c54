"""A booking as an iCalendar entry (RFC 5545): whole days, because an offering knows no hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ldtrack.core import ids
from ldtrack.courses.domain.booking import BookingRow, BookingState
from ldtrack.courses.domain.rows import OfferingRow

_FOLD = 73
"""Bytes in one line; the format allows 75."""


def entry_of(booking: BookingRow, run: OfferingRow, *, link: str, host: str, now: datetime) -> str:
    """The whole file. Bringing in a later one of the same booking changes the entry."""
    last = run.last_day + timedelta(days=1)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ldtrack//courses//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{ids.encode(booking.id)}@{_text(host)}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{run.starts_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last:%Y%m%d}",
        f"SUMMARY:{_text(run.title)}",
        *([f"LOCATION:{_text(run.place)}"] if run.place else []),
        f"URL:{link}",
        f"STATUS:{_status(booking, run)}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _status(booking: BookingRow, run: OfferingRow) -> str:
    if run.cancelled_on is not None or booking.state is BookingState.WITHDRAWN:
        return "CANCELLED"
    return "CONFIRMED" if booking.state is BookingState.BOOKED else "TENTATIVE"


def _text(typed: str) -> str:
    r"""Text as the format wants it.

    >>> _text("Room 1; left, or up")
    'Room 1\\; left\\, or up'
    """
    for sign in "\\;,":
        typed = typed.replace(sign, f"\\{sign}")
    return typed.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of few bytes, none cut within a letter; each further one begins blank."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > _FOLD:
            yield part
            part = " "
        part += letter
    yield part
