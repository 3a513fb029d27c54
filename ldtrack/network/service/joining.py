"""Where two records of one person collide in triads: nobody takes two seats of one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.network.domain.triads import TAKEN, SeatState
from ldtrack.network.models import TriadMember
from ldtrack.people.domain.joining import Pair


def make_way_in_triads(session: Session, pair: Pair) -> None:
    """Of two seats in one triad that of the record that goes becomes free; what was said stays."""
    own = select(TriadMember.triad_id).where(
        TriadMember.person_id == pair.stays, TriadMember.state.in_(TAKEN)
    )
    second = session.scalars(
        select(TriadMember).where(
            TriadMember.person_id == pair.goes,
            TriadMember.state.in_(TAKEN),
            TriadMember.triad_id.in_(own),
        )
    )
    for row in second.all():
        row.state = SeatState.LEFT if row.joined_on is not None else SeatState.DECLINED
    session.flush()
