"""Writing down what somebody does with a placement, if it may follow what was done before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import (
    HOLDS_PLACE,
    ActKind,
    PlacementState,
    free_place,
    may_follow,
)
from ldtrack.assignments.domain.acts import LEADS_TO
from ldtrack.assignments.models import Placement, PlacementAct, Posting
from ldtrack.assignments.service.found import Found, placement_to
from ldtrack.core.errors import Conflict, NotAllowed


def step(
    session: Session, found: Found, kind: ActKind, actor: Actor, *, now: datetime, word: str = ""
) -> None:
    """Do it: the placement stands where the act leads, and the act is written down."""
    placement = found.placement
    if not may_follow(kind, placement.state):
        raise Conflict
    stand(placement, LEADS_TO.get(kind, placement.state))
    write_act(session, placement, kind, actor, now=now, word=word)


def stand(placement: Placement, state: PlacementState) -> None:
    """Let a placement stand somewhere; where it holds no place, its place is free again."""
    placement.state = state
    if state not in HOLDS_PLACE:
        placement.place_no = None


def write_act(
    session: Session,
    placement: Placement,
    kind: ActKind,
    actor: Actor,
    *,
    now: datetime,
    word: str = "",
) -> None:
    """Write an act down, after those that were done before."""
    last = session.scalar(
        select(func.max(PlacementAct.number)).where(PlacementAct.placement_id == placement.id)
    )
    session.add(
        PlacementAct(
            placement_id=placement.id,
            number=(last or 0) + 1,
            kind=kind,
            by_id=actor.person_id,
            done_on=now.date(),
            word=word,
        )
    )
    session.flush()


def to_decide(session: Session, actor: Actor, placement_id: int) -> Found:
    """The placement, if the actor may decide about it; nobody does about their own."""
    found = placement_to(session, actor, placement_id, Action.DECIDE_PLACEMENT)
    if found.placement.person_id == actor.person_id:
        raise NotAllowed("Nobody decides about their own placement.")
    return found


def free_place_in(session: Session, posting: Posting) -> int | None:
    """A place of the opening that nobody holds.

    Of two who take the last one at once the database refuses one.
    """
    taken = session.scalars(
        select(Placement.place_no).where(
            Placement.posting_id == posting.id, Placement.place_no.is_not(None)
        )
    )
    return free_place(posting.places, {number for number in taken if number is not None})
