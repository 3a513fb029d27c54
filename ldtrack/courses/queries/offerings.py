"""Dated runs and the places in them, as an actor may see them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.courses.domain import Attendance, BookingRow, BookingState, OfferingRow
from ldtrack.courses.models import Booking, Course, Offering


def offerings_of(session: Session, course_id: int) -> list[OfferingRow]:
    """Dated runs of a course, latest first."""
    return _offerings(session, Offering.course_id == course_id)


def offering(session: Session, offering_id: int) -> OfferingRow:
    """One dated run, else `NotVisible`; everybody in the organisation may read it."""
    found = _offerings(session, Offering.id == offering_id)
    if not found:
        raise NotVisible
    return found[0]


def bookings_of(session: Session, actor: Actor, offering_id: int) -> list[BookingRow]:
    """Everybody on the list whom the actor may see: booked first, then waiting in their order."""
    return _bookings(session, actor, Booking.offering_id == offering_id)


def booking(session: Session, actor: Actor, booking_id: int) -> BookingRow:
    """One booking, else `NotVisible`."""
    found = _bookings(session, actor, Booking.id == booking_id)
    if not found:
        raise NotVisible
    return found[0]


def bookings_ahead(
    session: Session, actor: Actor, person_id: int, today: date
) -> list[tuple[BookingRow, OfferingRow]]:
    """What somebody has booked or waits for and is not over, soonest first."""
    rows = _bookings(
        session, actor, Booking.person_id == person_id, Booking.state != BookingState.WITHDRAWN
    )
    runs = {
        one.id: one
        for one in _offerings(
            session,
            Offering.id.in_([row.offering_id for row in rows]),
            or_(Offering.starts_on >= today, Offering.ends_on >= today),
        )
    }
    found = [(row, runs[row.offering_id]) for row in rows if row.offering_id in runs]
    return sorted(found, key=lambda pair: (pair[1].starts_on, pair[1].title))


def _offerings(session: Session, *which: ColumnElement[bool]) -> list[OfferingRow]:
    rows = session.execute(
        select(
            Offering,
            Course.title,
            _how_many(BookingState.BOOKED),
            _how_many(BookingState.WAITING),
        )
        .join(Course, Course.id == Offering.course_id)
        .where(*which)
        .order_by(Offering.starts_on.desc(), Offering.id)
    )
    return [
        OfferingRow(
            id=row.id,
            course_id=row.course_id,
            title=title,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            place=row.place,
            places=row.places,
            cancelled_on=row.cancelled_on,
            cancel_reason=row.cancel_reason,
            n_booked=n_booked,
            n_waiting=n_waiting,
        )
        for row, title, n_booked, n_waiting in rows
    ]


def _how_many(state: BookingState) -> ScalarSelect[int]:
    return (
        select(func.count(Booking.id))
        .where(Booking.offering_id == Offering.id, Booking.state == state)
        .scalar_subquery()
    )


def _bookings(session: Session, actor: Actor, *which: ColumnElement[bool]) -> list[BookingRow]:
    before = aliased(Booking)
    ahead = (
        select(func.count(before.id))
        .where(
            before.offering_id == Booking.offering_id,
            before.state == BookingState.WAITING,
            before.asked_at < Booking.asked_at,
        )
        .scalar_subquery()
    )
    visible = policy.clause(actor, Action.BOOK_OFFERING, person_id=Booking.person_id)
    rows = session.execute(
        select(Booking, ahead)
        .where(visible, *which)
        .order_by(Booking.state, Booking.asked_at, Booking.id)
    )
    found = [
        BookingRow(
            id=row.id,
            offering_id=row.offering_id,
            person_id=row.person_id,
            state=BookingState(row.state),
            attendance=None if row.attendance is None else Attendance(row.attendance),
            place_in_line=n + 1 if row.state == BookingState.WAITING else None,
        )
        for row, n in rows
    ]
    return sorted(found, key=lambda row: list(BookingState).index(row.state))
