"""Which placements an actor may see or act on, as clauses; two people answer for an opening."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, literal, or_

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import ENDED, RUNNING
from ldtrack.assignments.models import Placement, Posting


def may(actor: Actor, action: Action, *, agreed: bool = False) -> ColumnElement[bool]:
    """The placements with which the actor may do this; needs `Placement` and `Posting` joined."""
    return or_(
        *(
            policy.clause(
                actor,
                action,
                person_id=Placement.person_id,
                author_id=Placement.peer_id,
                owner_id=answerable,
                agreed=literal(agreed),
            )
            for answerable in (Posting.owner_id, Posting.sponsor_id)
        )
    )


def is_over(today: date) -> ColumnElement[bool]:
    """The placements that can be looked back on, as the rule of the same name says."""
    past = and_(Placement.state.in_(RUNNING), Placement.ends_on <= today)
    return or_(Placement.state.in_(ENDED), past)
