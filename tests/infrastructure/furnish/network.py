"""Triads: one that runs, with whatever three people tell each other, and one that asks."""

from __future__ import annotations

from datetime import timedelta

from ldtrack.network import service as network
from ldtrack.network.domain.triads import (
    CheckInNow,
    CommitmentState,
    NoteKind,
    Report,
    StartTriad,
)
from ldtrack.network.links import SeatLinks
from ldtrack.network.queries import commitments, seat_of, triad_with
from ldtrack.network.service import Sender
from tests.infrastructure.furnish.corner import Corner


def triads(corner: Corner) -> None:
    """The leader's; nobody else in them has an account."""
    session, today = corner.session, corner.now.date()
    sender = Sender(links=SeatLinks(keys=("for the tests only",)), now=corner.now)
    zoe = f"Zoe Zed <{corner.word}@outside.example>"
    running = StartTriad(purpose=corner.mark("triad-purpose"), weeks=2, others=("Paul Ode", zoe))
    triad_id = network.start(session, corner.actor("leader"), running, sender=sender)
    own = seat_of(session, corner.actor("leader"), triad_id)
    for seat in triad_with(session, own)[1]:
        if not seat.is_in:
            network.answer(session, seat, accept=True, sender=sender)
    _, seats = triad_with(session, own)
    other = next(seat for seat in seats if seat.person_id == corner.person("peer_2"))
    later = today + timedelta(days=9)
    for kind in ("promise", "done"):
        network.commit(session, own, corner.mark(f"triad-{kind}"), later, today=today)
    done = next(r for r in commitments(session, own) if r.what == corner.mark("triad-done"))
    said = CheckInNow(
        reports=(
            Report(
                commitment_id=done.id,
                state=CommitmentState.DONE,
                told=corner.mark("triad-told"),
            ),
        ),
        word=corner.mark("triad-word"),
        what="",
        until=None,
    )
    network.check_in(session, own, said, today=today)
    told = network.tell(session, own, corner.mark("triad-experience"), today=today)
    network.say(session, other, told, NoteKind.NOTE, corner.mark("triad-note"), today=today)
    # Somebody who left leaves a free seat, and what they noted.
    network.leave(session, other, today=today)
    _, seats = triad_with(session, own)
    outside = next(seat for seat in seats if seat.is_in and seat.person_id is None)
    network.tell(session, outside, corner.mark("triad-experience"), today=today)
    asks = StartTriad(
        purpose=corner.mark("triad-asked"),
        weeks=1,
        others=(_address(corner), f"Zed <asked-{corner.word}@outside.example>"),
    )
    network.start(session, corner.actor("peer_3"), asks, sender=sender)


def _address(corner: Corner) -> str:
    return {"amara": "amara.okafor", "rival": "amara.okafor", "ben": "ben.li"}[corner.word] + (
        "@rival.example" if corner.word == "rival" else "@example.org"
    )
