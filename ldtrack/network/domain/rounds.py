"""The rounds of a triad: when a check-in is due, and whose is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ldtrack.network.domain.triads import Seat, SeatState, TriadRow

_DAY = timedelta(days=1)


def round_of(began_on: date, weeks: int, day: date) -> date:
    """The first day of the round that a day lies in.

    >>> round_of(date(2026, 11, 2), 2, date(2026, 11, 20))
    datetime.date(2026, 11, 16)
    """
    length = 7 * weeks
    return began_on + timedelta(days=(day - began_on).days // length * length)


def last_day(round_on: date, weeks: int) -> date:
    """The last day of a round."""
    return round_on + timedelta(weeks=weeks) - _DAY


def missed_in(seat: Seat, triad: TriadRow, today: date) -> date | None:
    """The round that went by without a word of a member; `None` if there is none.

    Only the last one counts, only if they were there for the whole of it, and only until they are
    heard of again.
    """
    if triad.began_on is None or not triad.runs or not seat.is_in or seat.joined_on is None:
        return None
    before = round_of(triad.began_on, triad.weeks, today) - timedelta(weeks=triad.weeks)
    if before < triad.began_on or seat.joined_on > before:
        return None
    heard = seat.last_round_on
    return before if heard is None or heard < before else None


class WaitingKind(StrEnum):
    """What a triad waits for."""

    INVITED = "invited"
    CHECK_IN = "check-in"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What a triad waits for from one of its members: an answer, a check-in, a word to another."""

    kind: WaitingKind
    triad: TriadRow
    until: date | None = None
    name: str = ""
    """Who has not been heard of."""


def waiting_for(own: Seat, others: Sequence[Seat], triad: TriadRow, today: date) -> list[Waiting]:
    """What one of the three could do now."""
    if own.state is SeatState.INVITED:
        return [Waiting(kind=WaitingKind.INVITED, triad=triad)]
    if triad.began_on is None or not triad.runs:
        return []
    found = [
        Waiting(kind=WaitingKind.SILENT, triad=triad, name=other.name, until=today)
        for other in others
        if missed_in(other, triad, today) is not None
    ]
    this = round_of(triad.began_on, triad.weeks, today)
    if own.last_round_on is None or own.last_round_on < this:
        until = last_day(this, triad.weeks)
        found.append(Waiting(kind=WaitingKind.CHECK_IN, triad=triad, until=until))
    return found
