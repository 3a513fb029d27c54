"""The mails that follow from assignments; they name the thing and say where to go, no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.assignments.service.found import Found
from ldtrack.outbox.service import post
from ldtrack.people.queries import managers, people_named, with_account
from ldtrack.ui.dates import day


def placed(session: Session, found: Found, now: datetime) -> None:
    """Tell the leader that they are placed."""
    period = f"{day(found.placement.starts_on)} to {day(found.placement.ends_on)}"
    _to_leader(
        session,
        found,
        f"You are placed: {found.posting.title}",
        f"You are placed in “{found.posting.title}”, {period}. "
        "What it should deliver, and who answers for it, is under Assignments.",
        now,
    )


def applied(session: Session, found: Found, now: datetime) -> None:
    """Tell those who answer for it, and ask the line manager for support."""
    name, title = _leader(session, found), found.posting.title
    _to_answerable(
        session,
        found,
        f"{name} applies for {title}",
        f"{name} applies for “{title}”. Why, and how it fits them, is under Assignments to answer.",
        now,
    )
    person_id = found.placement.person_id
    manager_id = managers(session, [person_id], now.date()).get(person_id)
    if manager_id is None or manager_id in found.answerable:
        return
    write(
        session,
        [manager_id],
        f"{name} asks for your support: {title}",
        f"{name} applies for “{title}”, {found.posting.share_of_time}% of their time from "
        f"{day(found.placement.starts_on)} to {day(found.placement.ends_on)}. "
        "Whether you support it takes one answer, under Assignments to answer.",
        now,
    )


def supported(session: Session, found: Found, now: datetime, *, supports: bool) -> None:
    """Tell the leader what the line manager said."""
    said = "supports" if supports else "does not support"
    _to_leader(
        session,
        found,
        f"Your application: {found.posting.title}",
        f"Your line manager {said} your application for “{found.posting.title}”. "
        "Their word is on its page, under Assignments. Those who answer for it decide.",
        now,
    )


def offered(session: Session, found: Found, now: datetime) -> None:
    """Tell the leader that a place is kept for them."""
    period = f"{day(found.placement.starts_on)} to {day(found.placement.ends_on)}"
    _to_leader(
        session,
        found,
        f"A place is offered to you: {found.posting.title}",
        f"You are offered a place in “{found.posting.title}”, {period}. "
        "It is kept for you until you answer, under Assignments.",
        now,
    )


def listed(session: Session, found: Found, now: datetime) -> None:
    """Tell the leader that there may be a place later."""
    _to_leader(
        session,
        found,
        f"You are on the waiting list: {found.posting.title}",
        f"There is no place in “{found.posting.title}” at present; you are on its waiting list. "
        "If there is one later, somebody decides who is offered it. You can withdraw until then.",
        now,
    )


def accepted(session: Session, found: Found, now: datetime) -> None:
    """Tell those who answer for it that the leader said yes."""
    name, title = _leader(session, found), found.posting.title
    _to_answerable(
        session,
        found,
        f"{name} accepts: {title}",
        f"{name} accepts the place in “{title}” from {day(found.placement.starts_on)}. "
        "Say that it has begun when it has.",
        now,
    )


def withdrawn(session: Session, found: Found, now: datetime) -> None:
    """Tell those who answer for it that a place or an application is free again."""
    name, title = _leader(session, found), found.posting.title
    _to_answerable(
        session,
        found,
        f"{name} withdraws: {title}",
        f"{name} withdraws from “{title}”. If a place is free by it, nobody moves up by itself: "
        "who waits for one is on the page of its candidates.",
        now,
    )


def paused(session: Session, found: Found, now: datetime) -> None:
    """Tell the leader that it rests, and where the reason is."""
    _to_leader(
        session,
        found,
        f"Paused: {found.posting.title}",
        f"“{found.posting.title}” rests for a while. Why is on its page, under Assignments. "
        "Your place stays yours.",
        now,
    )


def resumed(session: Session, found: Found, now: datetime) -> None:
    """Tell the leader that it goes on."""
    _to_leader(
        session,
        found,
        f"It goes on: {found.posting.title}",
        f"“{found.posting.title}” goes on, until {day(found.placement.ends_on)}.",
        now,
    )


def declined(session: Session, found: Found, now: datetime) -> None:
    """Tell the leader that the answer is no, and where the reason is."""
    _to_leader(
        session,
        found,
        f"Your application: {found.posting.title}",
        f"Your application for “{found.posting.title}” was not accepted this time. "
        "The reason is under Assignments.",
        now,
    )


def over(session: Session, found: Found, now: datetime, *, but_not: int | None = None) -> None:
    """Ask those with an account who took part to look back, and to confirm the outcome.

    `but_not` is who said that it is over: they know.
    """
    title = found.posting.title
    _to_leader(
        session,
        found,
        f"Look back on {title}",
        f"“{title}” is over. Three short answers are yours to give, under Assignments: "
        "what came of it, one thing you learned, one next action.",
        now,
    )
    write(
        session,
        sorted(with_account(session, [one for one in found.answerable if one != but_not])),
        f"Confirm the outcome of {title}",
        f"“{title}” is over. What it delivered takes three questions, under Assignments to answer.",
        now,
    )
    ask_peer(session, found, now)


def ask_peer(session: Session, found: Found, now: datetime) -> None:
    """Ask the peer whom the leader named, if there is one."""
    peer_id = found.placement.peer_id
    if peer_id is None or not with_account(session, [peer_id]):
        return
    name = _leader(session, found)
    write(
        session,
        [peer_id],
        f"{name} asks you to look back on {found.posting.title}",
        f"You worked with {name} on “{found.posting.title}”. "
        "Three short answers are asked for, under Assignments to answer.",
        now,
    )


def _leader(session: Session, found: Found) -> str:
    person_id = found.placement.person_id
    return people_named(session, [person_id])[person_id].name


def _to_leader(session: Session, found: Found, subject: str, body: str, now: datetime) -> None:
    write(session, [found.placement.person_id], subject, body, now)


def _to_answerable(session: Session, found: Found, subject: str, body: str, now: datetime) -> None:
    write(session, sorted(found.answerable), subject, body, now)


def write(session: Session, to: Iterable[int], subject: str, body: str, now: datetime) -> None:
    """Post a mail to each of these people."""
    for person in people_named(session, to).values():
        post(
            session,
            to_address=person.email,
            to_name=person.name,
            subject=subject,
            body=body,
            due_at=now,
        )
