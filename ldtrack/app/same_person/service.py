"""Making two records of one person one: every room makes way, then all that refers is turned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.app.same_person.counting import Share, shares
from ldtrack.assignments.service import assignment_clashes, make_way_in_assignments
from ldtrack.coaching.service import coaching_clashes, make_way_in_coaching
from ldtrack.core.errors import RuleBroken
from ldtrack.courses.service import course_clashes, make_way_in_courses
from ldtrack.feedback.service import feedback_clashes, make_way_in_feedback
from ldtrack.network.service import make_way_in_triads
from ldtrack.outbox.service import post
from ldtrack.pathways.service import make_way_on_pathways, pathway_clashes
from ldtrack.people.domain import PersonRow
from ldtrack.people.domain.joining import Clash, Pair
from ldtrack.people.service.joining import clashes, require_joinable, unite_people
from ldtrack.reflection.service import make_way_in_journal


@dataclass(frozen=True, kw_only=True)
class Look:
    """What making the two one would bring together, and where they collide."""

    goes: PersonRow
    stays: PersonRow
    shares: list[Share]
    clashes: list[Clash]

    @property
    def stops(self) -> list[Clash]:
        """Why it cannot be done as things stand."""
        return [one for one in self.clashes if one.stops]

    @property
    def counts_once(self) -> list[Clash]:
        """What only one of the two can have."""
        return [one for one in self.clashes if not one.stops]


def look(session: Session, actor: Actor, pair: Pair, *, now: datetime) -> Look:
    """The two beside each other; nothing is stored. Raises `NotVisible` or `RuleBroken`."""
    people = require_joinable(session, actor, pair)
    return Look(
        goes=people[pair.goes],
        stays=people[pair.stays],
        shares=shares(session, pair),
        clashes=_clashes(session, actor, pair, now),
    )


def join_records(
    session: Session,
    actor: Actor,
    pair: Pair,
    *,
    typed: str,
    reason: str,
    now: datetime,
    rater_key: str,
    base_url: str,
) -> None:
    """Let everything of the one record be the other's, all of it or nothing; for good.

    Levels are computed from evidence whenever they are looked at, so from now on they are those
    of all of it, each piece at its own day. `typed` has to be the external id of the record that
    goes. Both addresses are told. Raises `RuleBroken` at `typed` or at none.
    """
    people = require_joinable(session, actor, pair)
    if typed != people[pair.goes].external_id:
        raise RuleBroken("typed", f"That is not it: type {people[pair.goes].external_id}.")
    for clash in _clashes(session, actor, pair, now):
        if clash.stops:
            raise RuleBroken("", clash.words)
    make_way_in_courses(session, pair, now=now, base_url=base_url)
    make_way_in_coaching(session, pair, today=now.date())
    make_way_in_assignments(session, pair, today=now.date())
    make_way_in_feedback(session, pair, rater_key=rater_key)
    make_way_in_journal(session, pair)
    make_way_in_triads(session, pair)
    make_way_on_pathways(session, pair, today=now.date())
    unite_people(session, actor, pair, reason=reason, now=now)
    _tell(session, people, now)


def _clashes(session: Session, actor: Actor, pair: Pair, now: datetime) -> list[Clash]:
    return [
        *clashes(session, actor, pair, now),
        *coaching_clashes(session, pair),
        *feedback_clashes(session, pair),
        *pathway_clashes(session, pair),
        *assignment_clashes(session, pair),
        *course_clashes(session, pair),
    ]


def _tell(session: Session, people: dict[int, PersonRow], now: datetime) -> None:
    for address in sorted({one.email for one in people.values() if one.email}):
        name = next(one.name for one in people.values() if one.email == address)
        post(
            session,
            to_address=address,
            to_name=name,
            subject="Two records of you are one now",
            body=f"Hello {name},\n\nyou were known twice in the records of leadership development. "
            "HR made one of the two. What you did, wrote and reached is all there under one name, "
            "and your private notes are as private as before.\n\nIf only one of the two was you, "
            "please tell HR at once.\n",
            due_at=now,
        )
