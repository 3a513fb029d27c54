"""A triad of the leader, the manager and another leader, as tests need one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.clock import SetClock
from ldtrack.network import service
from ldtrack.network.domain.triads import Seat, StartTriad
from ldtrack.network.links import SeatLinks
from ldtrack.network.queries import seat_of
from ldtrack.network.service import Sender
from tests.infrastructure.organisation import SmallOrganisation

LINKS = SeatLinks(keys=("for the tests only",), base_url="https://ld.example.org")
THREE = ("leader", "manager", "other_leader")
OTHERS = ("maya.singh@example.org", "Ben Li")


def sender(clock: SetClock) -> Sender:
    """How mails go out in tests."""
    return Sender(links=LINKS, now=clock.now())


def asked(
    session: Session,
    acme: SmallOrganisation,
    clock: SetClock,
    others: tuple[str, str] = OTHERS,
    *,
    weeks: int = 1,
) -> int:
    """A triad whose others were asked."""
    command = StartTriad(purpose="To delegate more", weeks=weeks, others=others)
    return service.start(session, acme.actor["leader"], command, sender=sender(clock))


def running(session: Session, acme: SmallOrganisation, clock: SetClock, *, weeks: int = 1) -> int:
    """A triad that all three said yes to."""
    triad_id = asked(session, acme, clock, weeks=weeks)
    for key in THREE[1:]:
        own = seat_of(session, acme.actor[key], triad_id)
        service.answer(session, own, accept=True, sender=sender(clock))
    return triad_id


def seat(session: Session, actor: Actor, triad_id: int) -> Seat:
    """Somebody's own seat."""
    return seat_of(session, actor, triad_id)
