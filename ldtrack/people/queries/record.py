"""Who opened what is about oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.queries import about
from ldtrack.people.models import Account, Person

_MOST = 200
_WORDS = {
    Action.READ_TRAJECTORY: "Opened your growth",
    Action.READ_RELEASE: "Opened a 360 report about you",
    Action.READ_RELEASE_FIRST: "Opened a 360 report to prepare your talk",
    Action.READ_REVIEW: "Opened a review",
    Action.OPEN_SENT_REVIEW: "Opened a review by its link",
}


@dataclass(frozen=True, kw_only=True)
class OpeningRow:
    """Somebody opened something about the person."""

    happened_at: datetime
    what: str
    who: str


def openings_about_me(session: Session, actor: Actor) -> list[OpeningRow]:
    """What others opened that is about the actor, newest first; never who answered what."""
    found = [
        event
        for event in about(session, actor.person_id or 0, most=_MOST)
        if event.action in _WORDS and event.account_id != actor.account_id
    ]
    names = _names(session, {event.account_id for event in found if event.account_id})
    return [
        OpeningRow(
            happened_at=event.happened_at,
            what=_WORDS[Action(event.action)],
            who=names.get(event.account_id or 0, _nameless(event.action)),
        )
        for event in found
    ]


def _nameless(action: str) -> str:
    if action == Action.OPEN_SENT_REVIEW:
        return "Somebody with a signed link"
    return "Somebody who is not kept here any more"


def _names(session: Session, accounts: set[int]) -> dict[int, str]:
    rows = session.execute(
        select(Account.id, Account.email, Person.first_name, Person.last_name)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(Account.id.in_(sorted(accounts)))
    )
    return {
        account_id: f"{first or ''} {last or ''}".strip() or email
        for account_id, email, first, last in rows
    }
