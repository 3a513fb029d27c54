"""What a leader does with an application, and what their line manager says of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.domain import (
    ActKind,
    EndPlacement,
    PlacementState,
    PostingState,
    Support,
)
from ldtrack.assignments.models import Placement, Posting
from ldtrack.assignments.service import letters
from ldtrack.assignments.service.acts import step, write_act
from ldtrack.assignments.service.found import Found, facts_of, placement_to
from ldtrack.assignments.service.placements import close, open_placement, refuse_own_judge
from ldtrack.core.errors import NotVisible, RuleBroken


def apply(
    session: Session, actor: Actor, posting_id: int, *, motive: str = "", now: datetime
) -> int:
    """Apply for an opening for oneself; the line manager is asked for support.

    Returns the placement's id.
    """
    posting = session.get(Posting, posting_id)
    if posting is None or actor.person_id is None:
        raise NotVisible
    policy.require(
        actor,
        Action.ASK_FOR_PLACEMENT,
        Facts(organisation_id=posting.organisation_id, person_id=actor.person_id),
    )
    policy.require_visible(actor, Action.READ_POSTING, facts_of(posting, actor))
    if posting.state is not PostingState.PUBLISHED or posting.ends_on <= now.date():
        raise RuleBroken("motive", "This opening takes no more applications.")
    refuse_own_judge(posting, actor.person_id)
    if open_placement(session, posting_id, actor.person_id) is not None:
        raise RuleBroken("motive", "You have applied for this, or are placed there already.")
    placement = Placement(
        posting_id=posting_id,
        person_id=actor.person_id,
        state=PlacementState.PROPOSED,
        starts_on=posting.starts_on,
        ends_on=posting.ends_on,
        motive=motive,
    )
    session.add(placement)
    session.flush()
    write_act(session, placement, ActKind.APPLIED, actor, now=now)
    letters.applied(session, Found(placement, posting), now)
    return placement.id


def take_back(
    session: Session, actor: Actor, placement_id: int, *, word: str = "", now: datetime
) -> None:
    """Withdraw. Of an application that nobody answered nothing stays; what has begun ends early."""
    found = placement_to(session, actor, placement_id, Action.ASK_FOR_PLACEMENT)
    placement = found.placement
    if placement.state is PlacementState.PROPOSED:
        session.delete(placement)
        session.flush()
    elif placement.state.is_running:
        if not word.strip():
            raise RuleBroken("word", "Say why, in a sentence; those who answer for it read it.")
        ends_on = max(placement.starts_on, now.date())
        left = EndPlacement(ended_on=ends_on, early=True, reason=word)
        close(session, found, left, by=actor, now=now)
    else:
        step(session, found, ActKind.WITHDREW, actor, now=now, word=word)
        placement.reason = word
        session.flush()
        letters.withdrawn(session, found, now)


def accept(session: Session, actor: Actor, placement_id: int, *, now: datetime) -> None:
    """Say yes to an offer."""
    found = placement_to(session, actor, placement_id, Action.ASK_FOR_PLACEMENT)
    step(session, found, ActKind.ACCEPTED, actor, now=now)
    letters.accepted(session, found, now)


def turn_down(
    session: Session, actor: Actor, placement_id: int, *, word: str = "", now: datetime
) -> None:
    """Say no to an offer, with a word if one likes; the place is free again."""
    found = placement_to(session, actor, placement_id, Action.ASK_FOR_PLACEMENT)
    step(session, found, ActKind.TURNED_DOWN, actor, now=now, word=word)
    found.placement.reason = word
    session.flush()
    letters.withdrawn(session, found, now)


def support(
    session: Session, actor: Actor, placement_id: int, command: Support, *, now: datetime
) -> None:
    """Say as the line manager whether one supports an application; a later word counts."""
    found = placement_to(session, actor, placement_id, Action.SUPPORT_PLACEMENT)
    if not command.supports and not command.word.strip():
        raise RuleBroken("word", "Say why not, in a sentence; the person will read it.")
    kind = ActKind.SUPPORTED if command.supports else ActKind.NOT_SUPPORTED
    step(session, found, kind, actor, now=now, word=command.word)
    letters.supported(session, found, now, supports=command.supports)
