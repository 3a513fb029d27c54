"""What the page of a triad shows, put together from queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.core.errors import NotVisible
from ldtrack.network import queries
from ldtrack.network.domain.rounds import Waiting, WaitingKind, last_day, round_of, waiting_for
from ldtrack.network.domain.triads import (
    SEATS,
    TAKEN,
    CheckInRow,
    CommitmentRow,
    CommitmentState,
    ExperienceRow,
    Seat,
    SeatState,
    TriadRow,
)


@dataclass(frozen=True, kw_only=True)
class TriadPage:
    """A triad as one of its members sees it."""

    triad: TriadRow
    own: Seat
    seats: tuple[Seat, ...]
    waiting: tuple[Waiting, ...]
    until: date | None
    """The last day of the round."""
    commitments: tuple[CommitmentRow, ...] = ()
    words: tuple[CheckInRow, ...] = ()
    experiences: tuple[ExperienceRow, ...] = ()

    @property
    def others(self) -> tuple[Seat, ...]:
        """The seats that are taken by others."""
        return tuple(seat for seat in self.seats if seat.state in TAKEN and seat.id != self.own.id)

    @property
    def declined(self) -> tuple[Seat, ...]:
        """Who said no."""
        return tuple(seat for seat in self.seats if seat.state is SeatState.DECLINED)

    @property
    def is_short(self) -> bool:
        """Whether a seat is free."""
        return len(self.others) + 1 < SEATS

    @property
    def is_due(self) -> bool:
        """Whether the round waits for a word of one's own."""
        return any(one.kind is WaitingKind.CHECK_IN for one in self.waiting)

    @property
    def silent(self) -> tuple[str, ...]:
        """Who has not been heard of."""
        return tuple(one.name for one in self.waiting if one.kind is WaitingKind.SILENT)

    def name_of(self, member_id: int) -> str:
        """Who somebody is, also one who left."""
        if member_id == self.own.id:
            return "You"
        return next((seat.name for seat in self.seats if seat.id == member_id), "Somebody")

    def experience(self, experience_id: int) -> ExperienceRow:
        """One of those that were told, else `NotVisible`."""
        for row in self.experiences:
            if row.id == experience_id:
                return row
        raise NotVisible

    def open_of(self, seat: Seat) -> tuple[CommitmentRow, ...]:
        """What a member promised and has not told of."""
        return tuple(
            row
            for row in self.commitments
            if row.member_id == seat.id and row.state is CommitmentState.OPEN
        )

    @property
    def told_of(self) -> tuple[CommitmentRow, ...]:
        """What became of earlier commitments, latest first."""
        closed = [row for row in self.commitments if row.told_on is not None]
        return tuple(sorted(closed, key=lambda row: row.told_on or row.made_on, reverse=True)[:12])


def triad_page(session: Session, own: Seat, today: date) -> TriadPage:
    """The page; somebody who was asked and has not said yes sees what it is for, and who is in."""
    triad, seats = queries.triad_with(session, own)
    mine = next(seat for seat in seats if seat.id == own.id)
    others = [seat for seat in seats if seat.state in TAKEN and seat.id != own.id]
    until = None
    if triad.began_on is not None and triad.runs:
        until = last_day(round_of(triad.began_on, triad.weeks, today), triad.weeks)
    page = TriadPage(
        triad=triad,
        own=mine,
        seats=tuple(seats),
        waiting=tuple(waiting_for(mine, others, triad, today)),
        until=until,
    )
    if not mine.is_in:
        return page
    return TriadPage(
        triad=triad,
        own=mine,
        seats=page.seats,
        waiting=page.waiting,
        until=until,
        commitments=tuple(queries.commitments(session, mine)),
        words=tuple(queries.check_ins(session, mine)),
        experiences=tuple(queries.experiences(session, mine)),
    )
