"""Reading in how many weeks somebody wrote, and whom they could let read."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import and_, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.queries import everybody_who
from ldtrack.people.queries import name_of
from ldtrack.reflection.domain.journal import Reader, Rhythm, weeks_with_an_entry
from ldtrack.reflection.models import Entry, JournalRhythm
from ldtrack.reflection.queries.journal import IS_THERE

_RHYTHM_WEEKS = 4
_READ = (RelationshipKind.COACH, RelationshipKind.SPONSOR, RelationshipKind.PEER)


def rhythm(session: Session, actor: Actor, author_id: int, today: date) -> Rhythm | None:
    """An author's rhythm over four weeks: for themselves, and for a coach they show it to.

    Nothing for whoever may not see it. One statement.
    """
    # There is a row for those who set no rhythm, and for those who did not write.
    always = select(literal(1).label("one")).subquery()
    lately = and_(
        Entry.author_id == author_id,
        Entry.written_on > today - timedelta(weeks=_RHYTHM_WEEKS),
        IS_THERE,
    )
    rows = session.execute(
        select(JournalRhythm, Entry.written_on)
        .select_from(always)
        .outerjoin(JournalRhythm, JournalRhythm.author_id == author_id)
        .outerjoin(Entry, lately)
    ).all()
    kept: JournalRhythm | None = rows[0][0]
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=author_id,
        author_id=author_id,
        shared=kept is not None and kept.shown and author_id in actor.coaches,
    )
    if not policy.permits(actor, Action.READ_REFLECTION, facts):
        return None
    written: list[date | None] = [written_on for _, written_on in rows]
    return Rhythm(
        written=weeks_with_an_entry([day for day in written if day], today, _RHYTHM_WEEKS),
        weeks=_RHYTHM_WEEKS,
        every=kept.weeks if kept else None,
        shown=kept.shown if kept else False,
    )


def readers_for(session: Session, author_id: int, today: date) -> list[Reader]:
    """Whom an author could let read today: coaches first, then sponsors; one statement."""
    return [
        Reader(id=id_, name=name, kind=kind)
        for id_, kind, name in everybody_who(session, author_id, _READ, today, name_of)
    ]
