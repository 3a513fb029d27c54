"""Where two records of one person collide in the journal; nobody else reads more than before."""

from __future__ import annotations

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ldtrack.people.domain.joining import Pair
from ldtrack.reflection.domain.journal import MOST_CHARACTERS
from ldtrack.reflection.models import (
    Entry,
    EntryDraft,
    EntryReader,
    JournalRhythm,
    Takeaway,
    TakeawayReader,
)


def make_way_in_journal(session: Session, pair: Pair) -> None:
    """One draft of two, one rhythm; whoever may read it may once, and never as its author."""
    drafts = {
        row.author_id: row
        for row in session.scalars(select(EntryDraft).where(EntryDraft.author_id.in_(pair.both)))
    }
    if len(drafts) == len(pair.both):
        kept, other = drafts[pair.stays], drafts[pair.goes]
        kept.body = f"{kept.body}\n\n{other.body}"[:MOST_CHARACTERS]
        session.delete(other)
    has_rhythm = select(JournalRhythm.id).where(JournalRhythm.author_id == pair.stays)
    if session.scalar(has_rhythm) is not None:
        session.execute(delete(JournalRhythm).where(JournalRhythm.author_id == pair.goes))
    entries = select(Entry.id).where(Entry.author_id.in_(pair.both))
    _read_once(session, pair, EntryReader, EntryReader.entry_id, entries)
    takeaways = select(Takeaway.id).where(Takeaway.author_id.in_(pair.both))
    _read_once(session, pair, TakeawayReader, TakeawayReader.takeaway_id, takeaways)
    session.flush()


def _read_once(
    session: Session,
    pair: Pair,
    row: type[EntryReader] | type[TakeawayReader],
    thing: InstrumentedAttribute[int],
    theirs: Select[int],
) -> None:
    """Of two readers of one thing one remains; nobody is a reader of what is their own."""
    shared = select(thing).where(row.reader_id == pair.stays)
    session.execute(
        delete(row)
        .where(
            or_(
                row.reader_id.in_(pair.both) & thing.in_(theirs),
                (row.reader_id == pair.goes) & thing.in_(shared),
            )
        )
        .execution_options(synchronize_session=False)
    )
