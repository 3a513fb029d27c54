"""Planned sessions for calendars (RFC 5545): a feed of one person's, and invitations by mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress

from ldtrack.coaching.domain.appointments import AppointmentRow, AppointmentState
from ldtrack.core.ids import encode

_AGAIN = timedelta(hours=1)


def feed(rows: Iterable[AppointmentRow], reader_id: int) -> bytes:
    """One person's planned sessions, in UTC, so that no clock change moves one.

    Alike for the same rows, whenever it is asked for.
    """
    calendar = _calendar("PUBLISH")
    calendar.add("X-WR-CALNAME", "Coaching")
    calendar.add("REFRESH-INTERVAL", _AGAIN, parameters={"VALUE": "DURATION"})
    for row in rows:
        calendar.add_component(_event(row, row.named_for(reader_id)))
    return bytes(calendar.to_ical())


def invitation(
    row: AppointmentRow, reader_id: int, *, address: str, sender: str, title: str = ""
) -> str:
    """What tells a calendar of one session: that it is planned or moved, or that it is off.

    `sender` is who mails it, and so whom a calendar takes for the organiser. `title` is what it is
    called where it is no session.
    """
    off = row.state is not AppointmentState.PLANNED
    calendar = _calendar("CANCEL" if off else "REQUEST")
    event = _event(row, title or row.named_for(reader_id))
    event.add("ORGANIZER", vCalAddress(f"mailto:{sender}"))
    guest = vCalAddress(f"mailto:{address}")
    guest.params.update({"PARTSTAT": "ACCEPTED", "RSVP": "FALSE", "ROLE": "REQ-PARTICIPANT"})
    event.add("ATTENDEE", guest)
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//ldtrack//coaching//EN")
    calendar.add("METHOD", method)
    return calendar


def _event(row: AppointmentRow, title: str) -> Event:
    event = Event()
    event.add("UID", f"coaching-{encode(row.id)}@ldtrack")
    event.add("SEQUENCE", row.turn)
    event.add("DTSTAMP", _utc(row.changed_at))
    event.add("DTSTART", _utc(row.starts_at))
    event.add("DTEND", _utc(row.ends_at))
    event.add("SUMMARY", title)
    event.add("CLASS", "PRIVATE")
    event.add("STATUS", "CANCELLED" if row.state is AppointmentState.CANCELLED else "CONFIRMED")
    if where := row.place or row.link:
        event.add("LOCATION", where)
    if row.link:
        event.add("URL", row.link)
    return event


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
