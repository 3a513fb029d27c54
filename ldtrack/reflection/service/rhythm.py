"""The rhythm of writing, and reminding whoever wants to be reminded of their journal."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import people_named
from ldtrack.reflection.domain.journal import RHYTHMS, next_entry_on
from ldtrack.reflection.models import Entry, JournalRhythm
from ldtrack.reflection.queries.journal import IS_THERE
from ldtrack.reflection.service.journal import facts_of

DAILY = "reflection.daily"
"""The kind of the job that looks who wants to be reminded, once a day for each organisation."""
_REMINDER = """Hello {name},

it is time to look back, by the rhythm that you set. One line is enough:

{address}

You alone read it. How often you are reminded, you change there too.
"""


def set_rhythm(
    session: Session, actor: Actor, *, weeks: int | None, shown: bool, today: date
) -> None:
    """Say how often the actor wants to write, and whether their coach sees how often they do."""
    if actor.person_id is None:
        raise NotVisible
    policy.require(actor, Action.WRITE_REFLECTION, facts_of(actor.organisation_id, actor.person_id))
    if weeks is not None and weeks not in RHYTHMS:
        raise RuleBroken("weeks", "Choose one of these.")
    row = session.scalar(select(JournalRhythm).where(JournalRhythm.author_id == actor.person_id))
    if row is None:
        row = JournalRhythm(author_id=actor.person_id)
        session.add(row)
    row.weeks, row.shown, row.began_on, row.asked_on = weeks, shown, today, None
    session.flush()


def remind_writers(session: Session, *, now: datetime, base_url: str) -> int:
    """Write to everybody whose rhythm asks for an entry; once for each that is missing.

    Nobody is shown that such a mail went out. Returns how many did.
    """
    today = now.date()
    last_on = (
        select(func.max(Entry.written_on))
        .where(Entry.author_id == JournalRhythm.author_id, IS_THERE)
        .scalar_subquery()
    )
    due = [
        row
        for row, written_on in session.execute(
            select(JournalRhythm, last_on).where(JournalRhythm.weeks.is_not(None))
        )
        if row.weeks and next_entry_on(row.weeks, row.began_on, written_on, row.asked_on) <= today
    ]
    people = people_named(session, [row.author_id for row in due])
    mails = []
    for row in due:
        row.asked_on = today
        author = people[row.author_id]
        if author.email and author.active:
            mails.append(
                Mail(
                    to_address=author.email,
                    to_name=author.name,
                    subject="A line for your journal",
                    body=_REMINDER.format(name=author.name, address=f"{base_url}/journal"),
                    discreet=True,
                )
            )
    session.flush()
    post_all(session, mails, due_at=now)
    return len(mails)
