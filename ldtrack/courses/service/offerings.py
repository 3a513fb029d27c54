"""Dated runs: adding, changing, cancelling one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.courses.domain import AddOffering, BookingState, is_past
from ldtrack.courses.models import Booking, Course, Offering
from ldtrack.courses.service.letters import called_off, on_other_days
from ldtrack.courses.service.moving_up import fill_places, reseat
from ldtrack.courses.service.places import bookings_in, locked, tell_them

_STANDING = (BookingState.BOOKED, BookingState.WAITING)


def add_offering(
    session: Session, actor: Actor, course_id: int, command: AddOffering, *, now: datetime
) -> int:
    """Say when and where the course runs. Returns the offering's id."""
    _require_write(actor)
    if session.get(Course, course_id) is None:
        raise NotVisible
    _check(command)
    offering = Offering(course_id=course_id)
    _write(offering, command)
    session.add(offering)
    session.flush()
    return offering.id


def change_offering(
    session: Session,
    actor: Actor,
    offering_id: int,
    command: AddOffering,
    *,
    now: datetime,
    base_url: str,
) -> None:
    """Change days, place or number of places.

    Whoever is on the list is told of other days or another place; new places go to those who
    wait. There cannot be fewer places than are booked.
    """
    _require_write(actor)
    offering = locked(session, offering_id)
    if offering.cancelled_on is not None:
        raise Conflict("It was cancelled.")
    _check(command)
    booked = bookings_in(session, offering_id, BookingState.BOOKED)
    if command.places is not None and command.places < len(booked):
        raise RuleBroken("places", f"{len(booked)} places are booked already.")
    before = (offering.starts_on, offering.ends_on, offering.place)
    _write(offering, command)
    session.flush()
    reseat(session, booked, command.places)
    fill_places(session, offering, now=now, base_url=base_url)
    moved = before != (offering.starts_on, offering.ends_on, offering.place)
    if moved and not is_past(offering.starts_on, offering.ends_on, now.date()):
        people = bookings_in(session, offering_id, *_STANDING)
        tell_them(session, offering, people, on_other_days, now=now, base_url=base_url)


def remove_offering(session: Session, actor: Actor, offering_id: int, *, now: datetime) -> None:
    """Take back a dated run that nobody has booked; one that somebody has is cancelled instead."""
    _require_write(actor)
    locked(session, offering_id)
    if session.scalar(select(exists().where(Booking.offering_id == offering_id))):
        raise Conflict("Somebody has booked it, so it can only be cancelled.")
    session.execute(delete(Offering).where(Offering.id == offering_id))


def cancel_offering(
    session: Session, actor: Actor, offering_id: int, reason: str, *, now: datetime, base_url: str
) -> None:
    """Call it off; everybody who had a place or waited for one gets a mail with the reason."""
    _require_write(actor)
    offering = locked(session, offering_id)
    if offering.cancelled_on is not None:
        raise Conflict("It is cancelled already.")
    if not reason:
        raise RuleBroken("reason", "Say why, for those who wanted to come.")
    if is_past(offering.starts_on, offering.ends_on, now.date()):
        raise Conflict("It is over, so it cannot be cancelled any more.")
    offering.cancelled_on, offering.cancel_reason = now.date(), reason
    session.flush()
    people = bookings_in(session, offering_id, *_STANDING)
    tell_them(
        session,
        offering,
        people,
        lambda name, run: called_off(name, run, reason),
        now=now,
        base_url=base_url,
    )
    note(
        session,
        account_id=actor.account_id,
        action="courses.offering:cancel",
        thing="offering",
        thing_id=offering_id,
        happened_at=now,
        reason=reason,
    )
    session.flush()


def _require_write(actor: Actor) -> None:
    policy.require(actor, Action.WRITE_COURSE, Facts(organisation_id=actor.organisation_id))


def _check(command: AddOffering) -> None:
    if command.ends_on is not None and command.ends_on < command.starts_on:
        raise RuleBroken("ends_on", "The last day lies before the first.")
    if command.places is not None and command.places < 1:
        raise RuleBroken("places", "There must be at least one place.")


def _write(offering: Offering, command: AddOffering) -> None:
    offering.starts_on = command.starts_on
    offering.ends_on = command.ends_on
    offering.place = command.place
    offering.places = command.places
