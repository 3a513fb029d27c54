"""The values of the journal that other rooms and the floors above may use."""

from ldtrack.reflection.domain.journal import (
    MOST_ABOUT,
    MOST_CHARACTERS,
    RHYTHMS,
    UNDO_FOR,
    Draft,
    EntryRow,
    Prompt,
    Reader,
    Rhythm,
    WriteEntry,
    begun_with,
    is_past_undo,
    next_entry_on,
    says_something,
    weeks_with_an_entry,
)

__all__ = [
    "MOST_ABOUT",
    "MOST_CHARACTERS",
    "RHYTHMS",
    "UNDO_FOR",
    "Draft",
    "EntryRow",
    "Prompt",
    "Reader",
    "Rhythm",
    "WriteEntry",
    "begun_with",
    "is_past_undo",
    "next_entry_on",
    "says_something",
    "weeks_with_an_entry",
]
