"""Putting the list of set-up steps away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.people.models import Organisation


def put_list_away(session: Session, actor: Actor, *, now: datetime) -> None:
    """Show the list no longer, for everybody of HR; its steps stay to be done or not."""
    _organisation(session, actor).list_put_away_at = now
    session.flush()


def get_list_back(session: Session, actor: Actor) -> None:
    """Show the list again while a step of it is open."""
    _organisation(session, actor).list_put_away_at = None
    session.flush()


def _organisation(session: Session, actor: Actor) -> Organisation:
    policy.require(actor, Action.WRITE_PROGRAMME, Facts(organisation_id=actor.organisation_id))
    return session.get_one(Organisation, actor.organisation_id)
