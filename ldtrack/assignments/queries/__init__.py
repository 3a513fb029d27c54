"""Openings, placements and what waits for whom, as an actor may see them."""

from ldtrack.assignments.queries.acts import (
    PLACEMENT,
    acts_of,
    asked,
    placements_asking,
    support_task,
)
from ldtrack.assignments.queries.by_link import Linked, linked
from ldtrack.assignments.queries.debriefs import (
    debrief_task,
    debriefs_due,
    debriefs_of,
    debriefs_of_placements,
    has_something_to_answer,
)
from ldtrack.assignments.queries.finished import developed, finished, placed_before, worked_on
from ldtrack.assignments.queries.placements import (
    OUTCOME,
    answered_for,
    outcomes_asked_of,
    outcomes_missing,
    outcomes_to_confirm,
    placement,
    placements_at,
    placements_of,
    proposals,
)
from ldtrack.assignments.queries.postings import (
    open_postings,
    openings_for,
    posting,
    posting_titles,
    postings,
    postings_for,
    postings_named,
)
from ldtrack.assignments.queries.waiting import without_debrief

__all__ = [
    "OUTCOME",
    "PLACEMENT",
    "Linked",
    "acts_of",
    "answered_for",
    "asked",
    "debrief_task",
    "debriefs_due",
    "debriefs_of",
    "debriefs_of_placements",
    "developed",
    "finished",
    "has_something_to_answer",
    "linked",
    "open_postings",
    "openings_for",
    "outcomes_asked_of",
    "outcomes_missing",
    "outcomes_to_confirm",
    "placed_before",
    "placement",
    "placements_asking",
    "placements_at",
    "placements_of",
    "posting",
    "posting_titles",
    "postings",
    "postings_for",
    "postings_named",
    "proposals",
    "support_task",
    "without_debrief",
    "worked_on",
]
