"""Page data of the journal and of what is taken along."""

from ldtrack.reflection.pages.file import own_record
from ldtrack.reflection.pages.journal import (
    JournalPage,
    SharedPage,
    Writing,
    journal_page,
    shared_page,
    writing_of,
)
from ldtrack.reflection.pages.takeaways import (
    TakeawaysPage,
    readers_of_today,
    takeaways_page,
)

__all__ = [
    "JournalPage",
    "SharedPage",
    "TakeawaysPage",
    "Writing",
    "journal_page",
    "own_record",
    "readers_of_today",
    "shared_page",
    "takeaways_page",
    "writing_of",
]
