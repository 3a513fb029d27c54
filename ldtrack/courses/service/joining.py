"""Where two records of one person collide in courses: one place in a run, one completion a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, literal, select, update
from sqlalchemy.orm import Session, aliased

from ldtrack.courses.domain import Attendance, BookingState
from ldtrack.courses.models import Booking, Certificate, Completion, Course, Offering
from ldtrack.courses.service.evidence import take_back
from ldtrack.courses.service.moving_up import fill_places
from ldtrack.courses.service.places import locked
from ldtrack.evidence.domain import SourceKind
from ldtrack.evidence.service import withdraw_sources
from ldtrack.people.domain.joining import Clash, Pair
from ldtrack.ui.dates import day

_BETTER: tuple[tuple[BookingState, Attendance | None], ...] = (
    (BookingState.BOOKED, Attendance.ATTENDED),
    (BookingState.BOOKED, Attendance.PARTLY),
    (BookingState.BOOKED, Attendance.ABSENT),
    (BookingState.BOOKED, None),
    (BookingState.WAITING, None),
    (BookingState.WITHDRAWN, None),
)
"""Of two bookings of one person the earlier in this order is kept."""


def course_clashes(session: Session, pair: Pair) -> list[Clash]:
    """What the two have both: it counts once."""
    first, second = aliased(Completion), aliased(Completion)
    place, other = aliased(Booking), aliased(Booking)
    rows = session.execute(
        select(literal("completed"), Course.title, first.completed_on)
        .select_from(first)
        .join(second, _same_completion(first, second))
        .join(Course, Course.id == first.course_id)
        .where(first.person_id == pair.goes, second.person_id == pair.stays)
        .union_all(
            select(literal("booked"), Course.title, Offering.starts_on)
            .select_from(place)
            .join(other, other.offering_id == place.offering_id)
            .join(Offering, Offering.id == place.offering_id)
            .join(Course, Course.id == Offering.course_id)
            .where(place.person_id == pair.goes, other.person_id == pair.stays)
        )
    )
    return [
        Clash(
            words=f"Both completed “{title}” on {day(on)}: it counts once."
            if what == "completed"
            else f"Both are on the list for “{title}” from {day(on)}: one of the two is taken off."
        )
        for what, title, on in sorted(rows.all(), key=lambda row: (row[1], row[2]))
    ]


def make_way_in_courses(session: Session, pair: Pair, *, now: datetime, base_url: str) -> None:
    """Keep one of what the two have both; what the other one said in the ledger is withdrawn."""
    doubled = _completed_twice(session, pair)
    take_back(session, [goes.id for goes, _ in doubled], recorded_by=None, now=now)
    for goes, stays in doubled:
        handed_in = update(Certificate).where(Certificate.completion_id == goes.id)
        session.execute(handed_in.values(completion_id=stays.id))
        session.execute(delete(Completion).where(Completion.id == goes.id))
    for bookings in _booked_twice(session, pair):
        worse = max(bookings, key=_rank)
        offering = locked(session, worse.offering_id)
        withdraw_sources(
            session, source_kind=SourceKind.COURSE_COMPLETION, source_ids=[worse.id], now=now
        )
        session.delete(worse)
        session.flush()
        fill_places(session, offering, now=now, base_url=base_url)
    session.flush()


def _rank(row: Booking) -> int:
    return _BETTER.index((row.state, row.attendance))


def _same_completion(goes: type[Completion], stays: type[Completion]) -> ColumnElement[bool]:
    return and_(stays.course_id == goes.course_id, stays.completed_on == goes.completed_on)


def _completed_twice(session: Session, pair: Pair) -> Sequence[tuple[Completion, Completion]]:
    goes, stays = aliased(Completion), aliased(Completion)
    return [
        (one, other)
        for one, other in session.execute(
            select(goes, stays)
            .join(stays, _same_completion(goes, stays))
            .where(goes.person_id == pair.goes, stays.person_id == pair.stays)
            .order_by(goes.completed_on, goes.id)
        )
    ]


def _booked_twice(session: Session, pair: Pair) -> Sequence[tuple[Booking, Booking]]:
    goes, stays = aliased(Booking), aliased(Booking)
    return [
        (other, one)
        for one, other in session.execute(
            select(goes, stays)
            .join(stays, stays.offering_id == goes.offering_id)
            .where(goes.person_id == pair.goes, stays.person_id == pair.stays)
            .order_by(goes.asked_at, goes.id)
        )
    ]
