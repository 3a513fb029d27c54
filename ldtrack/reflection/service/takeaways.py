"""Taking something along, sharing it, and telling what became of it; only its author can."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import people_named
from ldtrack.reflection.domain.takeaways import (
    MOST_OPEN,
    TakeAlong,
    TakeawayState,
    TellTakeaway,
)
from ldtrack.reflection.models import Takeaway, TakeawayReader
from ldtrack.reflection.queries import readers_for
from ldtrack.reflection.service.journal import facts_of

_LOOK_AGAIN = """Hello {name},

you wanted to look again at something that you took along. A line on what became of it is enough:

{address}

Done, changed or dropped: each is a good answer. Nobody else learns of this mail. If you want no
more of them, take the tick away there.
"""


def take_along(session: Session, actor: Actor, command: TakeAlong, *, today: date) -> int:
    """Keep a takeaway of the actor's own. Returns its id."""
    if actor.person_id is None:
        raise NotVisible
    policy.require(actor, Action.WRITE_TAKEAWAY, facts_of(actor.organisation_id, actor.person_id))
    _check(session, actor.person_id, command, today, since=None)
    open_ones = select(func.count(Takeaway.id)).where(
        Takeaway.author_id == actor.person_id, Takeaway.state == TakeawayState.OPEN
    )
    if (session.scalar(open_ones) or 0) >= MOST_OPEN:
        raise RuleBroken("what", f"{MOST_OPEN} are open already. Tell what became of some first.")
    row = Takeaway(author_id=actor.person_id, made_on=today, state=TakeawayState.OPEN, told="")
    _put(row, command)
    session.add(row)
    session.flush()
    _let_read(session, row, command.reader_ids)
    session.flush()
    return row.id


def change_takeaway(
    session: Session, actor: Actor, takeaway_id: int, command: TakeAlong, *, today: date
) -> None:
    """Change what it says, when to look again and who may read it."""
    row = _own(session, actor, takeaway_id)
    _check(session, row.author_id, command, today, since=row.follow_up_on)
    if command.follow_up_on != row.follow_up_on:
        row.reminded_on = None
    _put(row, command)
    _let_read(session, row, command.reader_ids)
    session.flush()


def tell_takeaway(
    session: Session, actor: Actor, takeaway_id: int, command: TellTakeaway, *, today: date
) -> None:
    """Say what became of it; it can be said anew, and the day of the first time stays."""
    row = _own(session, actor, takeaway_id)
    if command.state.needs_a_word and not command.told:
        raise RuleBroken("told", "Say in a few words what happened.")
    row.state, row.told = command.state, command.told
    if command.state is TakeawayState.OPEN:
        row.told_on = None
    elif row.told_on is None:
        row.told_on = today
    session.flush()


def keep_to_oneself(session: Session, actor: Actor, takeaway_id: int) -> None:
    """Take it back; from here on nobody else finds anything."""
    row = _own(session, actor, takeaway_id)
    _let_read(session, row, ())
    session.flush()


def let_go(session: Session, actor: Actor, takeaway_id: int) -> None:
    """Delete it for good."""
    session.delete(_own(session, actor, takeaway_id))
    session.flush()


def remind_of_takeaways(session: Session, *, now: datetime, base_url: str) -> int:
    """Write to everybody who wanted to look again by now; one mail a person, once for each day set.

    What they took along is not in the mail, and nobody is shown that it went out. Returns how many
    did.
    """
    due = session.scalars(
        select(Takeaway).where(
            Takeaway.state == TakeawayState.OPEN,
            Takeaway.remind.is_(True),
            Takeaway.reminded_on.is_(None),
            Takeaway.follow_up_on <= now.date(),
        )
    ).all()
    for row in due:
        row.reminded_on = now.date()
    authors = people_named(session, {row.author_id for row in due}).values()
    mails = [
        Mail(
            to_address=one.email,
            to_name=one.name,
            subject="Something you took along",
            body=_LOOK_AGAIN.format(name=one.name, address=f"{base_url}/journal/takeaways"),
            discreet=True,
        )
        for one in authors
        if one.email and one.active
    ]
    session.flush()
    post_all(session, mails, due_at=now)
    return len(mails)


def _check(
    session: Session, author_id: int, command: TakeAlong, today: date, *, since: date | None
) -> None:
    """Raise `RuleBroken` unless it can be kept; a day that was set before may be over."""
    day = command.follow_up_on
    if day is not None and day != since and day < today:
        raise RuleBroken("follow_up_on", "Give a day that is not over.")
    possible = {one.id for one in readers_for(session, author_id, today)}
    if not possible.issuperset(command.reader_ids):
        raise RuleBroken("readers", "Choose a coach, a sponsor or a peer of today.")


def _put(row: Takeaway, command: TakeAlong) -> None:
    row.kind, row.what, row.about = command.kind, command.what, command.about
    row.follow_up_on, row.remind = command.follow_up_on, command.remind


def _let_read(session: Session, row: Takeaway, readers: Iterable[int]) -> None:
    """Let these and nobody else read it."""
    session.execute(delete(TakeawayReader).where(TakeawayReader.takeaway_id == row.id))
    session.add_all(
        TakeawayReader(takeaway_id=row.id, reader_id=id_) for id_ in sorted(set(readers))
    )


def _own(session: Session, actor: Actor, takeaway_id: int) -> Takeaway:
    row = session.get(Takeaway, takeaway_id)
    if row is None:
        raise NotVisible
    policy.require_visible(
        actor, Action.WRITE_TAKEAWAY, facts_of(row.organisation_id, row.author_id)
    )
    return row
