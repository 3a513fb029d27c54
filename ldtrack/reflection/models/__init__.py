"""Every table of the room."""

from ldtrack.reflection.models.journal import (
    Entry,
    EntryCompetency,
    EntryDraft,
    EntryReader,
    JournalRhythm,
)
from ldtrack.reflection.models.takeaways import (
    Takeaway,
    TakeawayReader,
)

__all__ = [
    "Entry",
    "EntryCompetency",
    "EntryDraft",
    "EntryReader",
    "JournalRhythm",
    "Takeaway",
    "TakeawayReader",
]
