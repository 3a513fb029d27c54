"""Places in a dated run of a course: who has one, who waits, and who was there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BookingState(StrEnum):
    """Where somebody stands with an offering."""

    BOOKED = "booked"
    """They have a place."""
    WAITING = "waiting"
    """They move up when a place comes free."""
    WITHDRAWN = "withdrawn"
    """They do not come."""

    @property
    def label(self) -> str:
        """The word people see."""
        return {"booked": "Booked", "waiting": "Waiting", "withdrawn": "Withdrawn"}[self.value]


class Attendance(StrEnum):
    """Whether somebody who had a place was there."""

    ATTENDED = "attended"
    PARTLY = "partly"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        """The words people see."""
        return _ATTENDANCE[self]

    @property
    def took_part(self) -> bool:
        """Whether there was anything that they took part in."""
        return self is not Attendance.ABSENT


_ATTENDANCE = {
    Attendance.ATTENDED: "Attended",
    Attendance.PARTLY: "Partly there",
    Attendance.ABSENT: "Absent",
}


@dataclass(frozen=True, kw_only=True)
class BookingRow:
    """Somebody's booking of an offering; `place_in_line` counts those who wait, from 1."""

    id: int
    offering_id: int
    person_id: int
    state: BookingState
    attendance: Attendance | None
    place_in_line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Attended:
    """What was seen of somebody who had a place; none takes back what was said."""

    booking_id: int
    attendance: Attendance | None


def first_free_seat(taken: Collection[int], places: int | None) -> int | None:
    """The lowest seat that nobody has; `None` if all `places` are taken.

    Seats are numbered so that the database can refuse that two people have one: an offering with
    twelve places has the seats 1 to 12, and one without a limit as many as are asked for.

    >>> first_free_seat({1, 3}, 3)
    2
    >>> first_free_seat({1, 2}, 2) is None
    True
    """
    seat = 1
    while seat in taken:
        seat += 1
    return seat if places is None or seat <= places else None


def said_of_attending(title: str, attendance: Attendance) -> str:
    """How attendance stands in the account of a competency.

    >>> said_of_attending("Leading change", Attendance.PARTLY)
    'Leading change (partly there)'
    """
    return f"{title} ({attendance.label.lower()})"


def is_past(starts_on: date, ends_on: date | None, today: date) -> bool:
    """Whether an offering is over."""
    return (ends_on or starts_on) < today
