"""Who backs whom: naming a sponsor, and ending it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.service import end_relation, relate
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import people_here


def name_sponsor(
    session: Session, actor: Actor, *, person_id: int, sponsor_id: int, now: datetime
) -> None:
    """Let one person back the other from today on; what the sponsor sees is agreed in coaching."""
    _check(session, actor, person_id, sponsor_id)
    if sponsor_id == person_id:
        raise RuleBroken("who", "Nobody can be their own sponsor.")
    relate(
        session,
        kind=RelationshipKind.SPONSOR,
        holder_id=sponsor_id,
        person_id=person_id,
        starts_on=now.date(),
    )
    _note(session, actor, person_id, now)


def end_sponsorship(
    session: Session, actor: Actor, *, person_id: int, sponsor_id: int, now: datetime
) -> None:
    """From today on the sponsor sees nothing more of the person."""
    _check(session, actor, person_id, sponsor_id)
    end_relation(
        session,
        kind=RelationshipKind.SPONSOR,
        person_id=person_id,
        holder_id=sponsor_id,
        ended_on=now.date(),
    )
    _note(session, actor, person_id, now)


def _check(session: Session, actor: Actor, person_id: int, sponsor_id: int) -> None:
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    if {person_id, sponsor_id} - people_here(session, [person_id, sponsor_id]):
        raise NotVisible


def _note(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PERSON.value,
        thing="sponsor",
        thing_id=person_id,
        person_id=person_id,
        happened_at=now,
    )
    session.flush()
