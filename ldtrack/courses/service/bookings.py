"""Booking a place, waiting for one, and withdrawing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.courses.domain import BookingState, first_free_seat, is_past
from ldtrack.courses.models import Booking, Offering
from ldtrack.courses.service.letters import has_place, taken_out, waits
from ldtrack.courses.service.moving_up import fill_places
from ldtrack.courses.service.places import bookings_in, locked, tell_them
from ldtrack.people.queries import people_named


def book(
    session: Session,
    actor: Actor,
    offering_id: int,
    person_id: int,
    *,
    now: datetime,
    base_url: str,
) -> BookingState:
    """Give somebody a place, or a turn on the waiting list if there is none.

    The list is held still meanwhile, so two who want the last place at the same moment get a place
    and a turn. Whoever is on the list already stays as they are, and that is said.
    """
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    policy.require(actor, Action.BOOK_OFFERING, facts)
    offering = locked(session, offering_id)
    _require_open(offering, now)
    person = people_named(session, [person_id]).get(person_id)
    if person is None or not person.active:
        raise RuleBroken("person_id", "There is nobody like that here.")
    row = session.scalars(
        select(Booking).where(Booking.offering_id == offering_id, Booking.person_id == person_id)
    ).one_or_none()
    if row is not None and row.state is not BookingState.WITHDRAWN:
        raise RuleBroken("person_id", "This person is on the list already.")
    row = row or Booking(offering_id=offering_id, person_id=person_id)
    taken = {one.seat or 0 for one in bookings_in(session, offering_id, BookingState.BOOKED)}
    row.seat = first_free_seat(taken, offering.places)
    row.state = BookingState.WAITING if row.seat is None else BookingState.BOOKED
    row.asked_at = now
    session.add(row)
    session.flush()
    if person_id != actor.person_id:
        letter = waits if row.seat is None else has_place
        tell_them(session, offering, [row], letter, now=now, base_url=base_url)
    return row.state


def withdraw(
    session: Session, actor: Actor, booking_id: int, *, now: datetime, base_url: str
) -> None:
    """Give a place or a turn back; who waits longest moves up at once and is told."""
    row = session.get(Booking, booking_id)
    if row is None:
        raise NotVisible
    facts = Facts(organisation_id=actor.organisation_id, person_id=row.person_id)
    policy.require_visible(actor, Action.BOOK_OFFERING, facts)
    offering = locked(session, row.offering_id)
    session.refresh(row)
    if row.state is BookingState.WITHDRAWN:
        raise Conflict("This place was given back already.")
    if is_past(offering.starts_on, offering.ends_on, now.date()) or row.attendance is not None:
        raise Conflict("It is over, so nothing can be given back any more.")
    row.state, row.seat = BookingState.WITHDRAWN, None
    session.flush()
    fill_places(session, offering, now=now, base_url=base_url)
    if row.person_id != actor.person_id and offering.cancelled_on is None:
        tell_them(session, offering, [row], taken_out, now=now, base_url=base_url)


def _require_open(offering: Offering, now: datetime) -> None:
    if offering.cancelled_on is not None:
        raise Conflict("It was cancelled, so nobody can book it.")
    if is_past(offering.starts_on, offering.ends_on, now.date()):
        raise Conflict("It is over, so nobody can book it.")
