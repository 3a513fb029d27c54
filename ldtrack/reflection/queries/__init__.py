"""What can be asked of the journal."""

from ldtrack.reflection.queries.journal import (
    PAGE,
    about_competency,
    draft_of,
    entries,
    entry,
    own_entries,
    reflected,
    step_title,
    written_about,
)
from ldtrack.reflection.queries.rhythm import readers_for, rhythm
from ldtrack.reflection.queries.shared import n_shared, shared_with
from ldtrack.reflection.queries.takeaways import (
    TAKEAWAY,
    open_takeaways,
    own_takeaways,
    takeaway,
    takeaways_shared,
    takeaways_waiting,
    told_takeaways,
)

__all__ = [
    "PAGE",
    "TAKEAWAY",
    "about_competency",
    "draft_of",
    "entries",
    "entry",
    "n_shared",
    "open_takeaways",
    "own_entries",
    "own_takeaways",
    "readers_for",
    "reflected",
    "rhythm",
    "shared_with",
    "step_title",
    "takeaway",
    "takeaways_shared",
    "takeaways_waiting",
    "told_takeaways",
    "written_about",
]
