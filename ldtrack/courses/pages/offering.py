"""One dated run: for its reader their own place, for HR the whole list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.courses import queries
from ldtrack.courses.domain import BookingRow, BookingState, OfferingRow
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Somebody on the list."""

    booking: BookingRow
    name: str


@dataclass(frozen=True, kw_only=True)
class OfferingPage:
    """A dated run; `mine` is the reader's own booking, `booked` and the others are HR's to see."""

    run: OfferingRow
    today: date
    mine: BookingRow | None
    booked: list[Listed]
    waiting: list[Listed]
    withdrawn: list[Listed]
    may_book: bool
    may_keep: bool

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.run.last_day < self.today

    @property
    def is_open(self) -> bool:
        """Whether somebody may still come in."""
        return self.run.cancelled_on is None and not self.is_over

    @property
    def has_begun(self) -> bool:
        """Whether there is something to have attended."""
        return self.run.cancelled_on is None and self.run.starts_on <= self.today

    @property
    def is_on_the_list(self) -> bool:
        """Whether the reader has a place or waits for one."""
        return self.mine is not None and self.mine.state is not BookingState.WITHDRAWN


def offering_page(session: Session, actor: Actor, offering_id: int, today: date) -> OfferingPage:
    """The page, else `NotVisible`."""
    run = queries.offering(session, offering_id)
    rows = queries.bookings_of(session, actor, offering_id)
    may_keep = policy.could(actor, Action.WRITE_COURSE)
    listed: dict[BookingState, list[Listed]] = {state: [] for state in BookingState}
    if may_keep:
        people = people_named(session, [row.person_id for row in rows])
        for row in rows:
            listed[row.state].append(Listed(booking=row, name=people[row.person_id].name))
    return OfferingPage(
        run=run,
        today=today,
        mine=next((row for row in rows if row.person_id == actor.person_id), None),
        booked=listed[BookingState.BOOKED],
        waiting=listed[BookingState.WAITING],
        withdrawn=listed[BookingState.WITHDRAWN],
        may_book=actor.person_id is not None,
        may_keep=may_keep,
    )
