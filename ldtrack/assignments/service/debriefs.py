"""Looking back on a placement, and asking a peer to do so too."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import WriteDebrief, is_held, is_over, side_of
from ldtrack.assignments.models import Debrief
from ldtrack.assignments.service import letters
from ldtrack.assignments.service.by_link import ask_for_links
from ldtrack.assignments.service.evidence import record_outcome
from ldtrack.assignments.service.found import placement_to
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import people_named


def write_debrief(
    session: Session, actor: Actor, placement_id: int, command: WriteDebrief, *, now: datetime
) -> int:
    """Keep the actor's debrief: held once it is handed in with all three parts, else a draft.

    A draft is its author's alone. Returns the debrief's id.
    """
    found = placement_to(session, actor, placement_id, Action.WRITE_DEBRIEF)
    placement = found.placement
    kind = side_of(
        actor.person_id or 0,
        person_id=placement.person_id,
        answerable=found.answerable,
        peer_id=placement.peer_id,
    )
    if kind is None or not is_over(placement.state, placement.ends_on, now.date()):
        raise RuleBroken("outcome", "The placement still runs; look back on it at the end.")
    complete = is_held(command.outcome, command.learned, command.next_action)
    debrief = session.scalar(
        select(Debrief).where(
            Debrief.placement_id == placement_id, Debrief.author_id == actor.person_id
        )
    )
    if debrief is None:
        debrief = Debrief(placement_id=placement_id, author_id=actor.person_id, kind=kind)
        session.add(debrief)
    elif debrief.held_on is not None and not complete:
        raise RuleBroken("outcome", "A debrief that was handed in keeps all three parts.")
    debrief.outcome, debrief.learned = command.outcome, command.learned
    debrief.next_action = command.next_action
    first_held = complete and command.hand_in and debrief.held_on is None
    if first_held:
        debrief.held_on = now.date()
    session.flush()
    if first_held:
        record_outcome(session, found, now=now)
    return debrief.id


def name_peer(
    session: Session, actor: Actor, placement_id: int, peer_id: int, *, now: datetime
) -> None:
    """Ask somebody whom the leader worked with to look back too; until they did, it can change."""
    found = placement_to(session, actor, placement_id, Action.ASK_FOR_PLACEMENT)
    placement = found.placement
    if not placement.state.has_begun:
        raise RuleBroken("peer", "There is nothing to look back on yet.")
    if peer_id == placement.person_id or peer_id in found.answerable:
        raise RuleBroken("peer", "Name somebody else: this person looks back already.")
    if peer_id not in people_named(session, [peer_id]):
        raise NotVisible
    if placement.peer_id is not None and placement.peer_id != peer_id:
        _refuse_if_held(session, placement_id, placement.peer_id)
    placement.peer_id = peer_id
    session.flush()
    if is_over(placement.state, placement.ends_on, now.date()):
        letters.ask_peer(session, found, now)
        ask_for_links(session, found, now=now)


def _refuse_if_held(session: Session, placement_id: int, peer_id: int) -> None:
    held = session.scalar(
        select(Debrief.id).where(
            Debrief.placement_id == placement_id,
            Debrief.author_id == peer_id,
            Debrief.held_on.is_not(None),
        )
    )
    if held is not None:
        raise RuleBroken("peer", "The peer you named has looked back already.")
