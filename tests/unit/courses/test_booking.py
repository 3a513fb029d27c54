"""Seats, what somebody holds, and a booking as an entry of a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from ldtrack.courses.domain import BookingRow, BookingState, Held, OfferingRow, first_free_seat
from ldtrack.courses.domain.calendar import entry_of

TODAY = date(2026, 11, 20)


@given(st.sets(st.integers(1, 30)), st.none() | st.integers(1, 30))
def test_a_free_seat_is_nobodys_and_lies_within_the_places(
    taken: set[int], places: int | None
) -> None:
    seat = first_free_seat(taken, places)
    if seat is None:
        assert set(range(1, (places or 0) + 1)) <= taken
    else:
        assert seat not in taken
        assert places is None or seat <= places


def test_what_is_held_ends_on_the_day_after_its_last() -> None:
    last = Held(completed_on=date(2025, 11, 20), valid_until=TODAY)
    assert last.tag(TODAY) == ("due", "Ends soon")
    assert last.tag(date(2026, 11, 21)) == ("late", "Ended")
    assert last.tag(date(2026, 9, 20)) == ("done", "Held")


def _entry(state: BookingState, cancelled_on: date | None = None) -> list[str]:
    booking = BookingRow(id=1, offering_id=2, person_id=3, state=state, attendance=None)
    run = OfferingRow(
        id=2,
        course_id=4,
        title="Führen; leading, " + "é" * 60,
        starts_on=date(2026, 12, 31),
        ends_on=None,
        place="Room 1",
        places=None,
        cancelled_on=cancelled_on,
        cancel_reason="",
        n_booked=1,
        n_waiting=0,
    )
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    text = entry_of(booking, run, link="https://ld.example.org/x", host="ld.example.org", now=now)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_gets_whole_days_with_the_day_after_as_the_end() -> None:
    assert _entry(BookingState.BOOKED) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ldtrack//courses//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:000000000001@ld.example.org",
        "DTSTAMP:20261120T090000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Führen\\; leading\\, " + "é" * 60,
        "LOCATION:Room 1",
        "URL:https://ld.example.org/x",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_calendar_learns_that_somebody_waits_or_that_it_is_off() -> None:
    assert "STATUS:TENTATIVE" in _entry(BookingState.WAITING)
    assert "STATUS:CANCELLED" in _entry(BookingState.WITHDRAWN)
    assert "STATUS:CANCELLED" in _entry(BookingState.BOOKED, cancelled_on=TODAY)
