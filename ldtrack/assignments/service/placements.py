"""Answering applications, placing people, and what becomes of a placement until it is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import (
    OPEN,
    UNANSWERED,
    ActKind,
    EndPlacement,
    Offer,
    Place,
    PlacementState,
)
from ldtrack.assignments.models import Placement, PlacementAct, Posting
from ldtrack.assignments.service import letters
from ldtrack.assignments.service.acts import free_place_in, stand, step, to_decide, write_act
from ldtrack.assignments.service.by_link import ask_for_links
from ldtrack.assignments.service.evidence import record_outcome
from ldtrack.assignments.service.found import Found
from ldtrack.assignments.service.postings import posting_to_change
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.people.queries import people_named


def place(session: Session, actor: Actor, command: Place, *, now: datetime) -> int:
    """Place somebody with whom it was agreed; an application of theirs is answered by it.

    Returns the placement's id.
    """
    posting = posting_to_change(session, actor, command.posting_id)
    if command.person_id not in people_named(session, [command.person_id]):
        raise RuleBroken("person_id", "There is nobody of that name here.")
    ends_on = command.ends_on or posting.ends_on
    if ends_on < command.starts_on:
        raise RuleBroken("ends_on", "The end lies before the beginning.")
    refuse_own_judge(posting, command.person_id)
    placement = open_placement(session, command.posting_id, command.person_id)
    if placement is None:
        placement = Placement(posting_id=command.posting_id, person_id=command.person_id)
        session.add(placement)
    elif placement.state not in UNANSWERED:
        raise RuleBroken("person_id", "This person is placed there, or has an offer, already.")
    _give_place(session, posting, placement, field="person_id")
    placement.state = PlacementState.ACTIVE
    placement.starts_on, placement.ends_on = command.starts_on, ends_on
    session.flush()
    write_act(session, placement, ActKind.PLACED, actor, now=now)
    letters.placed(session, Found(placement, posting), now)
    return placement.id


def offer(
    session: Session, actor: Actor, placement_id: int, command: Offer, *, now: datetime
) -> None:
    """Offer a place to somebody who applied; it is kept for them until they answer."""
    found = to_decide(session, actor, placement_id)
    if found.placement.state not in UNANSWERED:
        raise Conflict
    if found.posting.ends_on <= now.date():
        raise RuleBroken("places", "This assignment is over.")
    stands_behind = found.placement.person_id in actor.manages
    supported = stands_behind or _is_supported(session, placement_id)
    word = "" if supported else command.without_support.strip()
    if not supported and not word:
        raise RuleBroken("without_support", "Say why without the line manager’s support.")
    with session.no_autoflush:
        _give_place(session, found.posting, found.placement, field="places")
        step(session, found, ActKind.OFFERED, actor, now=now, word=word)
    letters.offered(session, found, now)


def put_on_list(session: Session, actor: Actor, placement_id: int, *, now: datetime) -> None:
    """Put an application on the waiting list; from there somebody moves it up."""
    found = to_decide(session, actor, placement_id)
    step(session, found, ActKind.LISTED, actor, now=now)
    letters.listed(session, found, now)


def decline(
    session: Session, actor: Actor, placement_id: int, *, reason: str, now: datetime
) -> None:
    """Decline an application, or take an offer back, with a reason that the person reads."""
    found = to_decide(session, actor, placement_id)
    if not reason.strip():
        raise RuleBroken("reason", "Say why, in a sentence; the person will read it.")
    step(session, found, ActKind.DECLINED, actor, now=now, word=reason)
    found.placement.reason = reason
    session.flush()
    letters.declined(session, found, now)


def start(session: Session, actor: Actor, placement_id: int, *, now: datetime) -> None:
    """Say that it has begun; earlier than planned is the new first day."""
    found = to_decide(session, actor, placement_id)
    step(session, found, ActKind.STARTED, actor, now=now)
    found.placement.starts_on = min(found.placement.starts_on, now.date())
    session.flush()
    letters.placed(session, found, now)


def pause(session: Session, actor: Actor, placement_id: int, *, word: str, now: datetime) -> None:
    """Let it rest for a while, with a word why; the place stays theirs."""
    found = to_decide(session, actor, placement_id)
    if not word.strip():
        raise RuleBroken("word", "Say why, in a sentence; the person will read it.")
    step(session, found, ActKind.PAUSED, actor, now=now, word=word)
    letters.paused(session, found, now)


def resume(session: Session, actor: Actor, placement_id: int, *, now: datetime) -> None:
    """Let it go on."""
    found = to_decide(session, actor, placement_id)
    step(session, found, ActKind.RESUMED, actor, now=now)
    letters.resumed(session, found, now)


def end_placement(
    session: Session, actor: Actor, placement_id: int, command: EndPlacement, *, now: datetime
) -> None:
    """Say that a placement is over; whoever takes part is asked to look back."""
    found = to_decide(session, actor, placement_id)
    if not found.placement.state.is_running:
        raise Conflict
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
    early, completed = PlacementState.ENDED_EARLY, PlacementState.COMPLETED
    stand(placement, early if command.early else completed)
    placement.ends_on, placement.reason = command.ended_on, command.reason
    write_act(session, placement, ActKind.ENDED, by, now=now, word=command.reason)
    letters.over(session, found, now, but_not=by.person_id)
    ask_for_links(session, found, now=now)
    record_outcome(session, found, now=now)


def open_placement(session: Session, posting_id: int, person_id: int) -> Placement | None:
    """Somebody's application or placement in an opening, unless it is over."""
    return session.scalar(
        select(Placement).where(
            Placement.posting_id == posting_id,
            Placement.person_id == person_id,
            Placement.state.in_(OPEN),
        )
    )


def refuse_own_judge(posting: Posting, person_id: int) -> None:
    """Refuse to place somebody where they would confirm their own outcome."""
    if person_id in (posting.owner_id, posting.sponsor_id):
        raise RuleBroken(
            "person_id", "Its owner or sponsor confirms the outcome, so cannot be placed in it."
        )


def _give_place(session: Session, posting: Posting, placement: Placement, *, field: str) -> None:
    with session.no_autoflush:
        free = free_place_in(session, posting)
    if free is None:
        taken = "The place is" if posting.places == 1 else f"All {posting.places} places are"
        raise RuleBroken(field, f"{taken} taken. Give it more places, or wait until one is free.")
    placement.place_no = free


def _is_supported(session: Session, placement_id: int) -> bool:
    latest = session.scalar(
        select(PlacementAct.kind)
        .where(
            PlacementAct.placement_id == placement_id,
            PlacementAct.kind.in_((ActKind.SUPPORTED, ActKind.NOT_SUPPORTED)),
        )
        .order_by(PlacementAct.number.desc())
        .limit(1)
    )
    return latest is ActKind.SUPPORTED
