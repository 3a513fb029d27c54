"""Taking seats in a triad and leaving them: asking, answering, leaving, ending."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.service import end_relation, relate
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.network.domain.triads import (
    RHYTHMS,
    SEATS,
    TAKEN,
    Seat,
    SeatState,
    StartTriad,
    whom,
)
from ldtrack.network.models import CheckIn, Commitment, Experience, Triad, TriadMember
from ldtrack.network.queries import seat_of, triad_with
from ldtrack.network.service import letters
from ldtrack.network.service.letters import Sender
from ldtrack.people.queries import by_name, gone, known_as

_ADDRESS_PARTS = 2


def start(session: Session, actor: Actor, command: StartTriad, *, sender: Sender) -> int:
    """Ask two others to be a triad with the actor, who is in at once. Returns its id."""
    facts = Facts(organisation_id=actor.organisation_id, person_id=actor.person_id)
    policy.require(actor, Action.START_TRIAD, facts)
    if command.weeks not in RHYTHMS:
        raise RuleBroken("weeks", "Choose one of these.")
    triad = Triad(purpose=command.purpose, weeks=command.weeks)
    session.add(triad)
    session.flush()
    session.add(
        TriadMember(
            triad_id=triad.id,
            person_id=actor.person_id,
            seat=1,
            state=SeatState.IN,
            joined_on=sender.now.date(),
        )
    )
    session.flush()
    own = seat_of(session, actor, triad.id)
    for field, typed in zip(("first", "second"), command.others, strict=True):
        invite(session, own, typed, field=field, sender=sender)
    return triad.id


def invite(session: Session, own: Seat, typed: str, *, field: str, sender: Sender) -> None:
    """Ask somebody to take a free seat. Raises `RuleBroken` at `field`."""
    triad = _held(session, own)
    _, seats = triad_with(session, own)
    taken = [seat for seat in seats if seat.state in TAKEN]
    if not own.is_in or triad.ended_on is not None or len(taken) >= SEATS:
        raise Conflict("There is no free seat in this triad.")
    one = whom(typed)
    person_id = None if one.name else _known(session, one.typed)
    if person_id is None and not _is_address(one.email):
        raise RuleBroken(
            field,
            "There is nobody here with this name or mail address. Somebody from outside is given "
            "as a name and an address: Zoe Zed <zoe@example.com>.",
        )
    if person_id in {seat.person_id for seat in taken if seat.person_id} or one.email in {
        seat.email for seat in taken if one.email
    }:
        raise RuleBroken(field, "They are one of the three already.")
    if person_id is not None and gone(session, [person_id]):
        raise RuleBroken(field, "They are not here any more.")
    row = TriadMember(
        triad_id=triad.id,
        person_id=person_id,
        outside_name=one.name if person_id is None else "",
        outside_email=one.email if person_id is None else "",
        seat=_free(session, triad.id),
        state=SeatState.INVITED,
    )
    session.add(row)
    session.flush()
    _, seats = triad_with(session, own)
    letters.invite(session, sender, next(seat for seat in seats if seat.id == row.id), own)


def answer(session: Session, own: Seat, *, accept: bool, sender: Sender) -> None:
    """Say yes or no to an invitation; with the third yes the triad begins."""
    triad, today = _held(session, own), sender.now.date()
    row = session.get_one(TriadMember, own.id)
    if row.state is not SeatState.INVITED or triad.ended_on is not None:
        raise Conflict("This was answered already.")
    row.state = SeatState.IN if accept else SeatState.DECLINED
    row.joined_on = today if accept else None
    session.flush()
    if not accept:
        return
    _, seats = triad_with(session, own)
    inside = [seat for seat in seats if seat.is_in]
    if triad.began_on is None and len(inside) == SEATS:
        triad.began_on = today
        letters.begins(session, sender, inside)
    if triad.began_on is not None:
        _bind(session, inside, today)
    session.flush()


def leave(session: Session, own: Seat, *, today: date) -> None:
    """Leave: what one promised and told goes with one, what one asked or noted stays."""
    triad = _held(session, own)
    row = session.get_one(TriadMember, own.id)
    if row.state is not SeatState.IN or triad.ended_on is not None:
        raise Conflict("You are not in this triad.")
    row.state = SeatState.LEFT
    session.flush()
    for table in (Commitment, CheckIn, Experience):
        session.execute(delete(table).where(table.member_id == own.id))
    _, seats = triad_with(session, own)
    inside = [seat for seat in seats if seat.is_in]
    _unbind(session, own, inside, today)
    if not inside:
        triad.ended_on = today
    session.flush()


def end(session: Session, own: Seat, *, today: date) -> None:
    """End the triad for all three; they can read it for a while."""
    triad = _held(session, own)
    if not own.is_in or triad.ended_on is not None:
        raise Conflict("This triad has ended.")
    triad.ended_on = today
    session.flush()
    _, seats = triad_with(session, own)
    inside = [seat for seat in seats if seat.is_in]
    for seat in inside:
        _unbind(session, seat, inside, today)
    session.execute(
        delete(TriadMember).where(
            TriadMember.triad_id == triad.id, TriadMember.state == SeatState.INVITED
        )
    )
    session.flush()


def _held(session: Session, own: Seat) -> Triad:
    """The triad, held until this is over: two answers at one moment come one after the other."""
    return session.scalars(select(Triad).where(Triad.id == own.triad_id).with_for_update()).one()


def _known(session: Session, typed: str) -> int | None:
    return known_as(session, typed) or by_name(session, [typed]).get(typed)


def _is_address(typed: str) -> bool:
    parts = typed.split("@")
    return len(parts) == _ADDRESS_PARTS and all(parts) and " " not in typed and "." in parts[1]


def _free(session: Session, triad_id: int) -> int:
    taken = session.scalars(
        select(TriadMember.seat).where(
            TriadMember.triad_id == triad_id, TriadMember.state.in_(TAKEN)
        )
    ).all()
    return min(set(range(1, SEATS + 1)) - set(taken))


def _bind(session: Session, inside: list[Seat], today: date) -> None:
    """Let everybody of these be the others' peer, so that they can share what is theirs."""
    people = [seat.person_id for seat in inside if seat.person_id is not None]
    for one in people:
        for other in people:
            if one != other:
                relate(
                    session,
                    kind=RelationshipKind.PEER,
                    holder_id=one,
                    person_id=other,
                    starts_on=today,
                )


def _unbind(session: Session, one: Seat, others: list[Seat], today: date) -> None:
    """Let somebody be no peer of these any more, unless another triad still makes them one."""
    if one.person_id is None:
        return
    for other in others:
        if other.person_id in (None, one.person_id):
            continue
        if _together(session, one.person_id, other.person_id):
            continue
        for holder_id, person_id in (
            (one.person_id, other.person_id),
            (other.person_id, one.person_id),
        ):
            end_relation(
                session,
                kind=RelationshipKind.PEER,
                holder_id=holder_id,
                person_id=person_id,
                ended_on=today,
            )


def _together(session: Session, one: int, other: int) -> bool:
    """Whether a triad that runs has both of them in it."""
    of_each = [
        select(TriadMember.triad_id).where(
            TriadMember.person_id == person_id, TriadMember.state == SeatState.IN
        )
        for person_id in (one, other)
    ]
    running = select(Triad.id).where(
        Triad.id.in_(of_each[0]),
        Triad.id.in_(of_each[1]),
        Triad.began_on.is_not(None),
        Triad.ended_on.is_(None),
    )
    return session.scalar(running.limit(1)) is not None
