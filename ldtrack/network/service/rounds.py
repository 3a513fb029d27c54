"""What happens to triads by itself, once a day: reminders, words to the others, forgetting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.network.domain.rounds import last_day, missed_in, round_of
from ldtrack.network.domain.triads import Seat, TriadRow
from ldtrack.network.models import Triad, TriadMember
from ldtrack.network.queries import running_triads
from ldtrack.network.service import letters
from ldtrack.network.service.letters import Sender
from ldtrack.network.service.seats import leave
from ldtrack.people.queries import gone

DAILY = "network.daily"
"""The kind of the job that looks after triads, once a day for each organisation."""
BEFORE = timedelta(days=2)
"""How long before the end of a round somebody is reminded."""
KEPT = timedelta(days=90)
"""How long a triad that ended can be read by those who were in it."""


def look_after(session: Session, *, sender: Sender) -> int:
    """Remind, tell the others, and forget; each once. Returns how many mails were due."""
    today = sender.now.date()
    session.execute(delete(Triad).where(Triad.ended_on < today - KEPT))
    count = 0
    for triad, seats in running_triads(session):
        left = gone(session, [seat.person_id for seat in seats if seat.person_id is not None])
        for seat in seats:
            if seat.person_id in left and seat.is_in:
                leave(session, seat, today=today)
        inside = [seat for seat in seats if seat.is_in and seat.person_id not in left]
        count += _in_one(session, triad, inside, sender)
    return count


def _in_one(session: Session, triad: TriadRow, inside: Sequence[Seat], sender: Sender) -> int:
    count = 0
    rows = {
        row.id: row
        for row in session.scalars(
            select(TriadMember).where(TriadMember.id.in_([seat.id for seat in inside]))
        )
    }
    for seat in inside:
        row, today = rows[seat.id], sender.now.date()
        missed = missed_in(seat, triad, today)
        if missed is not None and row.told_round != missed:
            row.told_round = missed
            others = [other for other in inside if other.id != seat.id]
            letters.silent(session, sender, others, seat)
            count += len(others)
        due = _due(triad, seat, today)
        if due is not None and row.asked_round != due:
            row.asked_round = due
            until = last_day(due, triad.weeks)
            letters.due(session, sender, seat, f"{until.day} {until:%B}")
            count += 1
    session.flush()
    return count


def _due(triad: TriadRow, seat: Seat, today: date) -> date | None:
    """The round that ends soon without a word of theirs."""
    if triad.began_on is None:
        return None
    this = round_of(triad.began_on, triad.weeks, today)
    heard = seat.last_round_on is not None and seat.last_round_on >= this
    return None if heard or today < last_day(this, triad.weeks) - BEFORE else this
