"""Mails of a triad: discreet, and with nothing in them of what its members promise or tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.network.domain.triads import Seat
from ldtrack.network.links import SeatLinks
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import gone, with_account

_INVITED = """Hello {name},

{who} asks you to be one of three: you would tell each other what you will do, and how it went.
Nobody else reads it. Have a look, and say yes or no:

{address}
"""
_DUE = """Hello {name},

your triad waits for a word of yours by {until}. Two minutes are enough:

{address}
"""
_SILENT = """Hello {name},

nothing was heard of {who} in your triad lately. Perhaps you ask how they are. Nobody else was told.

{address}
"""
_BEGINS = """Hello {name},

all three said yes, so your triad begins. Say what you will do first:

{address}
"""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """How mails of triads go out: with which links, and when."""

    links: SeatLinks
    now: datetime


def invite(session: Session, sender: Sender, seat: Seat, by: Seat) -> None:
    """Ask somebody to take a seat."""
    _send(session, sender, [seat], "Will you be one of three?", _INVITED, who=by.name)


def begins(session: Session, sender: Sender, seats: Sequence[Seat]) -> None:
    """Say that all three said yes."""
    _send(session, sender, seats, "Your triad begins", _BEGINS)


def due(session: Session, sender: Sender, seat: Seat, until: str) -> None:
    """Remind somebody of their check-in."""
    _send(session, sender, [seat], "A word to your triad", _DUE, until=until)


def silent(session: Session, sender: Sender, seats: Sequence[Seat], missing: Seat) -> None:
    """Tell the others that nothing was heard of one."""
    _send(session, sender, seats, "A word to your triad", _SILENT, who=missing.name)


def _send(
    session: Session, sender: Sender, seats: Sequence[Seat], subject: str, body: str, **words: str
) -> None:
    people = [seat.person_id for seat in seats if seat.person_id is not None]
    sign_in, left = with_account(session, people), gone(session, people)
    mails = [
        Mail(
            to_address=seat.email,
            to_name=seat.name,
            subject=subject,
            body=body.format(
                name=seat.name,
                address=sender.links.page(seat.triad_id)
                if seat.person_id in sign_in
                else sender.links.address(seat.id, sender.now.date()),
                **words,
            ),
            discreet=True,
        )
        for seat in seats
        if seat.email and seat.person_id not in left
    ]
    post_all(session, mails, due_at=sender.now)
