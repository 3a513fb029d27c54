"""Reading triads: for their members alone, and their number for HR."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, exists, func, literal, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import EVERYWHERE, enter_organisation
from ldtrack.network.domain.rounds import Waiting, waiting_for
from ldtrack.network.domain.triads import FEW, TAKEN, Seat, SeatState, TriadRow
from ldtrack.network.links import SeatSaid
from ldtrack.network.models import CheckIn, Triad, TriadMember
from ldtrack.people.queries import address_of, here, name_of, with_account

TRIAD = "triad"
_SEAT = (TriadMember, name_of(TriadMember.person_id), address_of(TriadMember.person_id))
"""A seat with the name and the address of who sits there, unless they are from outside."""


def my_triads(session: Session, actor: Actor) -> list[tuple[TriadRow, list[Seat]]]:
    """The triads that the actor is in or invited to, with everybody in each; latest first."""
    mine = aliased(TriadMember)
    rows = session.execute(
        select(Triad, *_SEAT, _last_round())
        .join(TriadMember, TriadMember.triad_id == Triad.id)
        .where(exists().where(mine.triad_id == Triad.id, _may_read(actor, mine)))
        .order_by(Triad.ended_on.is_not(None), Triad.id, TriadMember.seat)
    ).all()
    return _by_triad(rows)


def seat_of(session: Session, actor: Actor, triad_id: int) -> Seat:
    """The actor's own seat in a triad, else `NotVisible`."""
    found = session.execute(
        select(*_SEAT).where(TriadMember.triad_id == triad_id, _may_read(actor, TriadMember))
    ).one_or_none()
    if found is None:
        raise NotVisible
    return _seat(*found)


def seat_by_link(session: Session, said: SeatSaid | None, now: datetime) -> Seat:
    """Whose seat a link opens, else `NotVisible`; enters its organisation.

    It opens nothing once its days are over, once they left, once the triad ended, and for
    somebody who can sign in.
    """
    found = session.execute(
        select(*_SEAT, Triad.ended_on)
        .join(Triad, Triad.id == TriadMember.triad_id)
        .where(TriadMember.id == (said.member_id if said else 0)),
        execution_options=EVERYWHERE,
    ).one_or_none()
    if said is None or found is None:
        raise NotVisible
    row, name, email, ended_on = found
    enter_organisation(session, row.organisation_id)
    over = here(session, now).date() > said.until or ended_on is not None
    if over or row.state not in TAKEN:
        raise NotVisible
    if row.person_id is not None and row.person_id in with_account(session, [row.person_id]):
        raise NotVisible
    return _seat(row, name, email)


def triad_with(session: Session, own: Seat) -> tuple[TriadRow, list[Seat]]:
    """The triad of a seat and everybody who was ever asked, by seat."""
    rows = session.execute(
        select(Triad, *_SEAT, _last_round())
        .join(TriadMember, TriadMember.triad_id == Triad.id)
        .where(Triad.id == own.triad_id)
        .order_by(TriadMember.seat, TriadMember.id)
    ).all()
    return _triad(rows[0][0]), [_seat(*row[1:]) for row in rows]


def triads_waiting(session: Session, actor: Actor, today: date) -> list[Waiting]:
    """What the actor's triads wait for, for a first page; one statement."""
    found = []
    for triad, seats in my_triads(session, actor):
        taken = [seat for seat in seats if seat.state in TAKEN]
        own = [seat for seat in taken if seat.person_id == actor.person_id]
        others = [seat for seat in taken if seat.person_id != actor.person_id]
        found += waiting_for(own[0], others, triad, today) if own else []
    return found


def seats_of(person_id: int) -> Select[str]:
    """A statement for a word, once for each seat that somebody has or is asked to take."""
    return select(literal(TRIAD)).where(
        TriadMember.person_id == person_id, TriadMember.state.in_(TAKEN)
    )


def running_triads(session: Session) -> list[tuple[TriadRow, list[Seat]]]:
    """Every triad of the organisation that runs, for the daily job alone."""
    rows = session.execute(
        select(Triad, *_SEAT, _last_round())
        .join(TriadMember, TriadMember.triad_id == Triad.id)
        .where(Triad.began_on.is_not(None), Triad.ended_on.is_(None))
        .order_by(Triad.id, TriadMember.seat)
    ).all()
    return _by_triad(rows)


def n_triads(session: Session, actor: Actor) -> int | None:
    """How many triads run, for HR; `None` if they are too few to be counted."""
    policy.require(actor, Action.COUNT_TRIADS, Facts(organisation_id=actor.organisation_id))
    running = select(func.count(Triad.id)).where(
        Triad.began_on.is_not(None), Triad.ended_on.is_(None)
    )
    n = session.scalar(running) or 0
    return n if n >= FEW else None


def _may_read(actor: Actor, seat: type[TriadMember]) -> ColumnElement[bool]:
    return policy.clause(
        actor, Action.READ_TRIAD, person_id=seat.person_id, member=seat.state.in_(TAKEN)
    )


def _last_round() -> ScalarSelect[date]:
    return (
        select(func.max(CheckIn.round_on))
        .where(CheckIn.member_id == TriadMember.id)
        .scalar_subquery()
    )


def _by_triad(
    rows: Sequence[Row[Triad, TriadMember, str | None, str | None, date | None]],
) -> list[tuple[TriadRow, list[Seat]]]:
    seats: dict[int, list[Seat]] = {}
    for triad, member, name, email, last in rows:
        seats.setdefault(triad.id, []).append(_seat(member, name, email, last))
    triads = {triad.id: _triad(triad) for triad, *_ in rows}
    return [(triad, seats[triad.id]) for triad in triads.values()]


def _triad(row: Triad) -> TriadRow:
    return TriadRow(
        id=row.id,
        purpose=row.purpose,
        weeks=row.weeks,
        began_on=row.began_on,
        ended_on=row.ended_on,
    )


def _seat(
    row: TriadMember, name: str | None, email: str | None, last_round_on: date | None = None
) -> Seat:
    return Seat(
        id=row.id,
        triad_id=row.triad_id,
        person_id=row.person_id,
        name=row.outside_name if name is None else name,
        email=row.outside_email if email is None else email,
        state=SeatState(row.state),
        joined_on=row.joined_on,
        last_round_on=last_round_on,
    )
