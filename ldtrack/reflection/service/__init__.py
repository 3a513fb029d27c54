"""What can be done with the journal and what is taken along."""

from ldtrack.reflection.service.file import note_own_file
from ldtrack.reflection.service.joining import make_way_in_journal
from ldtrack.reflection.service.journal import (
    bring_back,
    keep_draft,
    remove,
    rewrite,
    share,
    stop_sharing,
    write,
)
from ldtrack.reflection.service.rhythm import DAILY, remind_writers, set_rhythm
from ldtrack.reflection.service.takeaways import (
    change_takeaway,
    keep_to_oneself,
    let_go,
    remind_of_takeaways,
    take_along,
    tell_takeaway,
)
from ldtrack.reflection.service.tidying import tidy_deleted_entries

__all__ = [
    "DAILY",
    "bring_back",
    "change_takeaway",
    "keep_draft",
    "keep_to_oneself",
    "let_go",
    "make_way_in_journal",
    "note_own_file",
    "remind_of_takeaways",
    "remind_writers",
    "remove",
    "rewrite",
    "set_rhythm",
    "share",
    "stop_sharing",
    "take_along",
    "tell_takeaway",
    "tidy_deleted_entries",
    "write",
]
