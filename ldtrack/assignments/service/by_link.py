"""Asking those without an account to look back, by a signed link that is mailed to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import Asking, DebriefKind, is_over
from ldtrack.assignments.links import Links
from ldtrack.assignments.models import Debrief, Placement, Posting
from ldtrack.assignments.service.found import Found, placement_to
from ldtrack.core.errors import RuleBroken
from ldtrack.outbox.service import ask, post
from ldtrack.people.queries import people_named, with_account
from ldtrack.ui.dates import day

LINKS = "assignments.links"
"""The job that mails the links of one placement."""
LASTS = timedelta(days=30)


def ask_for_links(session: Session, found: Found, *, now: datetime) -> None:
    """Let the links be mailed to those without an account whose look back is missing, if any."""
    if _asked(session, found):
        ask(session, kind=LINKS, thing_id=found.placement.id, due_at=now)


def send_links_again(session: Session, actor: Actor, placement_id: int, *, now: datetime) -> None:
    """The same, because the leader asks for it: a link was lost, or has expired."""
    found = placement_to(session, actor, placement_id, Action.ASK_FOR_PLACEMENT)
    if not is_over(found.placement.state, found.placement.ends_on, now.date()):
        raise RuleBroken("placement", "The placement still runs; look back on it at the end.")
    ask_for_links(session, found, now=now)


def mail_links(session: Session, placement_id: int, links: Links, *, now: datetime) -> int:
    """Mail a link to everybody who has no account and has not looked back; how many."""
    row = session.execute(
        select(Placement, Posting)
        .join(Posting, Posting.id == Placement.posting_id)
        .where(Placement.id == placement_id)
    ).first()
    if row is None or not is_over(row[0].state, row[0].ends_on, now.date()):
        return 0
    found = Found(row[0], row[1])
    asked = _asked(session, found)
    people = people_named(session, [*asked, found.placement.person_id])
    leader = people[found.placement.person_id].name
    until = now.date() + LASTS
    for person_id in asked:
        one = people[person_id]
        asking = Asking(placement_id=placement_id, person_id=person_id, until=until)
        post(
            session,
            to_address=one.email,
            to_name=one.name,
            subject=f"Look back on {found.posting.title} with {leader}",
            body=_body(
                one.name,
                leader,
                found.posting.title,
                links.address(asking),
                until=day(until),
                answers=person_id in found.answerable,
            ),
            due_at=now,
        )
    return len(asked)


def _asked(session: Session, found: Found) -> list[int]:
    """Who of the other two sides is missing and cannot sign in; the peer only if named."""
    held = set(
        session.scalars(
            select(Debrief.kind).where(
                Debrief.placement_id == found.placement.id, Debrief.held_on.is_not(None)
            )
        )
    )
    asked = set() if DebriefKind.SPONSOR in held else set(found.answerable)
    if found.placement.peer_id is not None and DebriefKind.PEER not in held:
        asked.add(found.placement.peer_id)
    asked.discard(found.placement.person_id)
    here = people_named(session, asked)
    reached = {person_id for person_id in asked if here[person_id].email}
    return sorted(reached - with_account(session, reached))


def _body(name: str, leader: str, title: str, address: str, *, until: str, answers: bool) -> str:
    what = "What it delivered, and your look back, take" if answers else "Your look back takes"
    return (
        f"Dear {name},\n\n"
        f"“{title}” is over, and you were part of it with {leader}. {what} a few minutes and no "
        "account.\n\n"
        f"{address}\n\n"
        f"The link is for you alone and works until {until}. {leader}, their coach and those who "
        "answer for the assignment read what you write.\n"
    )
