"""The waiting list: places that come free go to those who asked first, by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.courses.domain import BookingState, first_free_seat, is_past
from ldtrack.courses.models import Booking, Offering
from ldtrack.courses.service.letters import moved_up
from ldtrack.courses.service.places import bookings_in, tell_them
from ldtrack.people.queries import gone


def fill_places(session: Session, offering: Offering, *, now: datetime, base_url: str) -> int:
    """Give every free place of a locked offering to who waits longest. Returns how many moved up.

    Nobody moves up in an offering that has begun or that was cancelled, and nobody who left.
    """
    if offering.cancelled_on is not None or is_past(offering.starts_on, None, now.date()):
        return 0
    taken = {row.seat or 0 for row in bookings_in(session, offering.id, BookingState.BOOKED)}
    waiting = bookings_in(session, offering.id, BookingState.WAITING)
    left = gone(session, [row.person_id for row in waiting])
    moved: list[Booking] = []
    for row in waiting:
        if row.person_id in left:
            continue
        seat = first_free_seat(taken, offering.places)
        if seat is None:
            break
        row.state, row.seat = BookingState.BOOKED, seat
        taken.add(seat)
        moved.append(row)
    session.flush()
    tell_them(session, offering, moved, moved_up, now=now, base_url=base_url)
    return len(moved)


def reseat(session: Session, booked: Sequence[Booking], places: int | None) -> None:
    """Give those whose seat is above the number of places one that is free below it."""
    if places is None:
        return
    taken = {row.seat or 0 for row in booked}
    for row in booked:
        if row.seat is not None and row.seat > places:
            seat = first_free_seat(taken, places)
            taken = (taken - {row.seat}) | {seat or 0}
            row.seat = seat
            session.flush()
