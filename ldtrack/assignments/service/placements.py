"""Applying for openings, placing people in them and ending that."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.domain import OPEN, EndPlacement, Place, PlacementState
from ldtrack.assignments.models import Placement, Posting
from ldtrack.assignments.service import letters
from ldtrack.assignments.service.evidence import record_outcome
from ldtrack.assignments.service.found import Found, placement_to
from ldtrack.assignments.service.postings import posting_to_change
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.people.queries import people_named


def place(session: Session, actor: Actor, command: Place, *, now: datetime) -> int:
    """Place somebody; if they had applied, that is accepted. Returns the placement's id."""
    posting = posting_to_change(session, actor, command.posting_id)
    if command.person_id not in people_named(session, [command.person_id]):
        raise RuleBroken("person_id", "There is nobody of that name here.")
    ends_on = command.ends_on or posting.ends_on
    if ends_on < command.starts_on:
        raise RuleBroken("ends_on", "The end lies before the beginning.")
    _refuse_own_judge(posting, command.person_id)
    placement = _running(session, command.posting_id, command.person_id)
    if placement is None:
        placement = Placement(posting_id=command.posting_id, person_id=command.person_id)
        session.add(placement)
    elif placement.state is not PlacementState.PROPOSED:
        raise RuleBroken("person_id", "This person is placed there already.")
    placement.state = PlacementState.ACTIVE
    placement.starts_on, placement.ends_on = command.starts_on, ends_on
    session.flush()
    letters.placed(session, Found(placement, posting), now)
    return placement.id


def apply(
    session: Session, actor: Actor, posting_id: int, *, motive: str = "", now: datetime
) -> int:
    """Apply for an opening for oneself. Returns the placement's id."""
    posting = session.get(Posting, posting_id)
    if posting is None or actor.person_id is None:
        raise NotVisible
    policy.require(
        actor,
        Action.ASK_FOR_PLACEMENT,
        Facts(organisation_id=posting.organisation_id, person_id=actor.person_id),
    )
    if posting.closed_on is not None or posting.ends_on <= now.date():
        raise RuleBroken("motive", "This opening takes no more applications.")
    _refuse_own_judge(posting, actor.person_id)
    if _running(session, posting_id, actor.person_id) is not None:
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
    return placement.id


def take_back(session: Session, actor: Actor, placement_id: int) -> None:
    """Withdraw one's own application; nothing of it stays."""
    found = placement_to(session, actor, placement_id, Action.ASK_FOR_PLACEMENT)
    _require_state(found, PlacementState.PROPOSED)
    session.delete(found.placement)
    session.flush()


def accept(session: Session, actor: Actor, placement_id: int, *, now: datetime) -> None:
    """Accept an application: the person is placed for the dates of the opening."""
    found = placement_to(session, actor, placement_id, Action.WRITE_POSTING)
    _require_state(found, PlacementState.PROPOSED)
    found.placement.state = PlacementState.ACTIVE
    session.flush()
    letters.placed(session, found, now)


def decline(
    session: Session, actor: Actor, placement_id: int, *, reason: str, now: datetime
) -> None:
    """Decline an application, with a reason that the person reads."""
    found = placement_to(session, actor, placement_id, Action.WRITE_POSTING)
    _require_state(found, PlacementState.PROPOSED)
    if not reason.strip():
        raise RuleBroken("reason", "Say why, in a sentence; the person will read it.")
    found.placement.state, found.placement.reason = PlacementState.DECLINED, reason
    session.flush()
    letters.declined(session, found, now)


def end_placement(
    session: Session, actor: Actor, placement_id: int, command: EndPlacement, *, now: datetime
) -> None:
    """Say that a placement is over; whoever takes part is asked to look back."""
    found = placement_to(session, actor, placement_id, Action.WRITE_POSTING)
    _require_state(found, PlacementState.ACTIVE)
    if command.ended_on > now.date():
        raise RuleBroken("ended_on", "Give a date that is not in the future.")
    if command.ended_on < found.placement.starts_on:
        raise RuleBroken("ended_on", "The end lies before the beginning.")
    if command.early and not command.reason.strip():
        raise RuleBroken("reason", "Say why it ended early, in a sentence.")
    close(session, found, command, by=actor, now=now)


def close(
    session: Session, found: Found, command: EndPlacement, *, by: Actor, now: datetime
) -> None:
    """Close a placement and ask for its outcome and debriefs; the caller checked the rules."""
    placement = found.placement
    placement.state = PlacementState.ENDED_EARLY if command.early else PlacementState.COMPLETED
    placement.ends_on, placement.reason = command.ended_on, command.reason
    session.flush()
    letters.over(session, found, now, but_not=by.person_id)
    record_outcome(session, found, now=now)


def _running(session: Session, posting_id: int, person_id: int) -> Placement | None:
    return session.scalar(
        select(Placement).where(
            Placement.posting_id == posting_id,
            Placement.person_id == person_id,
            Placement.state.in_(OPEN),
        )
    )


def _refuse_own_judge(posting: Posting, person_id: int) -> None:
    if person_id in (posting.owner_id, posting.sponsor_id):
        raise RuleBroken(
            "person_id", "Its owner or sponsor confirms the outcome, so cannot be placed in it."
        )


def _require_state(found: Found, wanted: PlacementState) -> None:
    if found.placement.state is not wanted:
        raise Conflict
