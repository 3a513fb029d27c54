"""Who is open to offers: their own word, and whom those who answer for an opening may see by it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import BEGUN, OPEN, PostingKind, PostingRow
from ldtrack.assignments.models import OpenToOffers, Placement
from ldtrack.people.queries import is_here

MOST = 50


@dataclass(frozen=True, kw_only=True)
class OpenPerson:
    """Somebody who said that they are open to offers of a kind, and since when."""

    person_id: int
    since_on: date


def open_to(session: Session, actor: Actor) -> frozenset[PostingKind]:
    """The kinds that the actor is open to offers of."""
    rows = session.scalars(
        select(OpenToOffers.kind).where(
            policy.clause(actor, Action.OPEN_TO_OFFERS, person_id=OpenToOffers.person_id)
        )
    )
    return frozenset(PostingKind(kind) for kind in rows)


def open_people(
    session: Session, actor: Actor, posting: PostingRow, today: date
) -> list[OpenPerson]:
    """Who is open to offers of the kind of an opening that takes applications.

    For HR and those who answer for it. Whoever had no stretch assignment for longest comes first;
    whoever applied or has a place there is left out, as are those who answer for it. One statement.
    """
    if not posting.is_open(today):
        return []
    owner_id = actor.person_id if actor.person_id in posting.answerable else None
    last_on = (
        select(func.max(Placement.starts_on))
        .where(Placement.person_id == OpenToOffers.person_id, Placement.state.in_(BEGUN))
        .scalar_subquery()
    )
    is_in_it = exists().where(
        Placement.posting_id == posting.id,
        Placement.person_id == OpenToOffers.person_id,
        Placement.state.in_(OPEN),
    )
    rows = session.execute(
        select(OpenToOffers.person_id, OpenToOffers.since_on)
        .where(
            OpenToOffers.kind == posting.kind,
            is_here(OpenToOffers.person_id),
            OpenToOffers.person_id.not_in(_aside(actor, posting)),
            ~is_in_it,
            policy.clause(
                actor,
                Action.SEE_WHO_IS_OPEN,
                owner_id=None if owner_id is None else literal(owner_id),
                shared=literal(True),
            ),
        )
        .order_by(last_on.asc().nulls_first(), OpenToOffers.since_on, OpenToOffers.person_id)
        .limit(MOST)
    )
    return [OpenPerson(person_id=person_id, since_on=since_on) for person_id, since_on in rows]


def _aside(actor: Actor, posting: PostingRow) -> Collection[int]:
    own = set() if actor.person_id is None else {actor.person_id}
    return sorted(posting.answerable | own)
