"""What every change of a list of places needs: the offering held still, its list, its mails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core import ids
from ldtrack.core.errors import NotVisible
from ldtrack.courses.domain import BookingState
from ldtrack.courses.models import Booking, Course, Offering
from ldtrack.courses.service.letters import Letter, Run
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import people_named


def locked(session: Session, offering_id: int) -> Offering:
    """The offering, held until the transaction ends, so that its list changes one by one.

    SQLite lets one transaction write at a time anyhow; elsewhere the row is locked.
    """
    offering = session.scalars(
        select(Offering)
        .where(Offering.id == offering_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if offering is None:
        raise NotVisible
    return offering


def bookings_in(session: Session, offering_id: int, *states: BookingState) -> list[Booking]:
    """The bookings in these states, those who asked first at the head."""
    return list(
        session.scalars(
            select(Booking)
            .where(Booking.offering_id == offering_id, Booking.state.in_(states))
            .order_by(Booking.asked_at, Booking.id)
            .execution_options(populate_existing=True)
        )
    )


def tell_them(
    session: Session,
    offering: Offering,
    bookings: Sequence[Booking],
    letter: Callable[[str, Run], Letter],
    *,
    now: datetime,
    base_url: str,
) -> None:
    """Leave a mail for everybody on the list who has an address and is still here."""
    if not bookings:
        return
    run = run_of(session, offering, base_url)
    people = people_named(session, [row.person_id for row in bookings])
    mails = []
    for row in bookings:
        person = people[row.person_id]
        if person.email and person.active:
            said = letter(person.name, run)
            mails.append(
                Mail(
                    to_address=person.email,
                    to_name=person.name,
                    subject=said.subject,
                    body=said.body,
                )
            )
    post_all(session, mails, due_at=now)


def run_of(session: Session, offering: Offering, base_url: str) -> Run:
    """The offering as mails speak of it."""
    course = session.get_one(Course, offering.course_id)
    return Run(
        title=course.title,
        starts_on=offering.starts_on,
        ends_on=offering.ends_on,
        place=offering.place,
        link=f"{base_url.rstrip('/')}/courses/offerings/{ids.encode(offering.id)}",
    )
