"""The mails that follow from assignments; they name the thing and say where to go, no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.assignments.service.found import Found
from ldtrack.outbox.service import post
from ldtrack.people.queries import people_named
from ldtrack.ui.dates import day


def placed(session: Session, found: Found, now: datetime) -> None:
    """Tell the leader that they are placed."""
    period = f"{day(found.placement.starts_on)} to {day(found.placement.ends_on)}"
    _write(
        session,
        [found.placement.person_id],
        f"You are placed: {found.posting.title}",
        f"You are placed in “{found.posting.title}”, {period}. "
        "What it should deliver, and who answers for it, is under Assignments.",
        now,
    )


def declined(session: Session, found: Found, now: datetime) -> None:
    """Tell the leader that the answer is no, and where the reason is."""
    _write(
        session,
        [found.placement.person_id],
        f"Your application: {found.posting.title}",
        f"Your application for “{found.posting.title}” was not accepted this time. "
        "The reason is under Assignments.",
        now,
    )


def over(session: Session, found: Found, now: datetime, *, but_not: int | None = None) -> None:
    """Ask everybody who took part to look back, and those who answer to confirm the outcome.

    `but_not` is who said that it is over: they know.
    """
    title = found.posting.title
    _write(
        session,
        [found.placement.person_id],
        f"Look back on {title}",
        f"“{title}” is over. Three short answers are yours to give, under Assignments: "
        "what came of it, one thing you learned, one next action.",
        now,
    )
    _write(
        session,
        sorted(found.answerable - {but_not}),
        f"Confirm the outcome of {title}",
        f"“{title}” is over. What it delivered takes three questions, under Outcomes to confirm.",
        now,
    )
    ask_peer(session, found, now)


def ask_peer(session: Session, found: Found, now: datetime) -> None:
    """Ask the peer whom the leader named, if there is one."""
    peer_id = found.placement.peer_id
    if peer_id is None:
        return
    leader = people_named(session, [found.placement.person_id])[found.placement.person_id]
    _write(
        session,
        [peer_id],
        f"{leader.name} asks you to look back on {found.posting.title}",
        f"You worked with {leader.name} on “{found.posting.title}”. "
        "Three short answers are asked for, under Outcomes to confirm.",
        now,
    )


def _write(session: Session, to: Iterable[int], subject: str, body: str, now: datetime) -> None:
    for person in people_named(session, to).values():
        post(
            session,
            to_address=person.email,
            to_name=person.name,
            subject=subject,
            body=body,
            due_at=now,
        )
