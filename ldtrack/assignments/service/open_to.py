"""A leader's word that they are open to offers, and of which kinds; taken back at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.domain import PostingKind
from ldtrack.assignments.models import OpenToOffers
from ldtrack.core.errors import NotAllowed


def be_open_to(
    session: Session, actor: Actor, kinds: Collection[PostingKind], *, now: datetime
) -> None:
    """Be open to offers of these kinds and of no other; of none, and nobody is told of one."""
    if actor.person_id is None:
        raise NotAllowed
    facts = Facts(organisation_id=actor.organisation_id, person_id=actor.person_id)
    policy.require(actor, Action.OPEN_TO_OFFERS, facts)
    own = OpenToOffers.person_id == actor.person_id
    session.execute(delete(OpenToOffers).where(own, OpenToOffers.kind.not_in(sorted(kinds))))
    before = set(session.scalars(select(OpenToOffers.kind).where(own)))
    session.add_all(
        OpenToOffers(person_id=actor.person_id, kind=kind, since_on=now.date())
        for kind in sorted(set(kinds) - before)
    )
    session.flush()
