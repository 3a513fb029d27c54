"""Deleting somebody with everything that is kept about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.models import Person


def erase_person(session: Session, actor: Actor, person_id: int, *, now: datetime) -> None:
    """Delete a person and whatever hangs on them; the log keeps that it was done, not to whom.

    Raises `RuleBroken` if somebody else's work would lose its owner.
    """
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    if session.get(Person, person_id) is None:
        raise NotVisible
    try:
        session.execute(
            delete(Person)
            .where(Person.id == person_id)
            .execution_options(synchronize_session=False)
        )
    except IntegrityError as error:
        raise RuleBroken(
            "person", "They answer for something that others need: hand that over first."
        ) from error
    session.expire_all()
    note(
        session,
        account_id=actor.account_id,
        action="people.person:erase",
        thing="person",
        happened_at=now,
    )
    session.flush()
