"""Who opened what is about oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.queries import about
from ldtrack.people.queries.accounts import account_names

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
    names = account_names(session, {event.account_id for event in found if event.account_id})
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
