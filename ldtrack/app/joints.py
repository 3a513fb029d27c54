"""What a page of one room shows of another room that is a stranger to it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, g

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import OriginRow
from ldtrack.coaching.queries import goals_from
from ldtrack.ui.request import request_session


def register(app: Flask) -> None:
    """Let a 360 report say which of its statements are goals of coaching."""

    @app.context_processor
    def joints() -> dict[str, object]:
        return {} if g.get("actor") is None else {"goals_of": goals_of}


def goals_of(person_id: int, release_id: int) -> Mapping[int, OriginRow] | None:
    """The goals made from a report, by statement; `None` for a reader who can set none."""
    actor: Actor = g.actor
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, author_id=actor.person_id
    )
    if not policy.permits(actor, Action.WRITE_MILESTONE, facts):
        return None
    return goals_from(request_session(), actor, release_id)
