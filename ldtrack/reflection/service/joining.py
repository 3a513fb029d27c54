"""Where two records of one person collide in the journal; nobody else reads more than before."""

from __future__ import annotations

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ldtrack.people.domain.joining import Pair
from ldtrack.reflection.domain.journal import MOST_CHARACTERS
from ldtrack.reflection.models import Entry, EntryDraft, EntryReader, JournalRhythm


def make_way_in_journal(session: Session, pair: Pair) -> None:
    """One draft of two, one rhythm; whoever may read an entry may once, and never as its author."""
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
    theirs = select(Entry.id).where(Entry.author_id.in_(pair.both))
    shared = select(EntryReader.entry_id).where(EntryReader.reader_id == pair.stays)
    session.execute(
        delete(EntryReader)
        .where(
            or_(
                EntryReader.reader_id.in_(pair.both) & EntryReader.entry_id.in_(theirs),
                (EntryReader.reader_id == pair.goes) & EntryReader.entry_id.in_(shared),
            )
        )
        .execution_options(synchronize_session=False)
    )
    session.flush()
