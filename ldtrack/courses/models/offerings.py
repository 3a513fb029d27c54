"""Tables of dated runs and of the places in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.courses.domain import Attendance, BookingState
from ldtrack.db.base import Base, OrganisationOwned


class Offering(OrganisationOwned, Base):
    """A dated run of a course; a cancelled one stays with those who had booked it.

    Without `places` everybody who wants to come may.
    """

    __tablename__ = "offering"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("places IS NULL OR places > 0", name="places_positive"),
        CheckConstraint("(cancelled_on IS NULL) = (cancel_reason = '')", name="cancelled_why"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    places: Mapped[int | None]
    cancelled_on: Mapped[date | None]
    cancel_reason: Mapped[str] = mapped_column(String(300), default="")


class Booking(OrganisationOwned, Base):
    """Somebody's place in an offering, or their turn for one.

    Who has a place has a numbered seat, and no two people have the same, so that an offering
    cannot be overbooked whatever happens at the same moment. When somebody is erased, their seat
    goes with them and is free.
    """

    __tablename__ = "booking"
    __table_args__ = (
        UniqueConstraint("offering_id", "person_id"),
        UniqueConstraint("offering_id", "seat", name="uq_booking_seat"),
        CheckConstraint("(state = 'booked') = (seat IS NOT NULL)", name="booked_has_seat"),
        CheckConstraint("seat IS NULL OR seat > 0", name="seat_positive"),
        CheckConstraint("attendance IS NULL OR state = 'booked'", name="attended_with_place"),
        Index("ix_booking_person", "person_id", "state"),
    )

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    state: Mapped[BookingState]
    seat: Mapped[int | None]
    asked_at: Mapped[datetime]
    attendance: Mapped[Attendance | None]
