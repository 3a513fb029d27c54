"""Openings, placements and what waits for whom, as an actor may see them."""

from ldtrack.assignments.queries.acts import (
    PLACEMENT,
    acts_of,
    asked,
    placements_asking,
    support_task,
)
from ldtrack.assignments.queries.by_link import Linked, linked
from ldtrack.assignments.queries.candidates import placements_at
from ldtrack.assignments.queries.debriefs import (
    debrief_task,
    debriefs_due,
    debriefs_of,
    debriefs_of_placements,
    has_something_to_answer,
)
from ldtrack.assignments.queries.finished import developed, finished, placed_before, worked_on
from ldtrack.assignments.queries.offered import Choices, choices_among
from ldtrack.assignments.queries.open_to import OpenPerson, open_people, open_to
from ldtrack.assignments.queries.placements import (
    OUTCOME,
    answered_for,
    outcomes_asked_of,
    outcomes_to_confirm,
    placement,
    placements_of,
    waiting_for_hr,
)
from ldtrack.assignments.queries.postings import (
    asked_by_openings,
    open_postings,
    openings_for,
    posting,
    posting_titles,
    postings,
    postings_for,
    postings_named,
)
from ldtrack.assignments.queries.proposed import (
    n_templates,
    own_openings,
    posting_acts,
    proposed,
    template,
    templates,
)
from ldtrack.assignments.queries.waiting import without_debrief
from ldtrack.assignments.queries.wanted import Wanted, wanted_from

__all__ = [
    "OUTCOME",
    "PLACEMENT",
    "Choices",
    "Linked",
    "OpenPerson",
    "Wanted",
    "acts_of",
    "answered_for",
    "asked",
    "asked_by_openings",
    "choices_among",
    "debrief_task",
    "debriefs_due",
    "debriefs_of",
    "debriefs_of_placements",
    "developed",
    "finished",
    "has_something_to_answer",
    "linked",
    "n_templates",
    "open_people",
    "open_postings",
    "open_to",
    "openings_for",
    "outcomes_asked_of",
    "outcomes_to_confirm",
    "own_openings",
    "placed_before",
    "placement",
    "placements_asking",
    "placements_at",
    "placements_of",
    "posting",
    "posting_acts",
    "posting_titles",
    "postings",
    "postings_for",
    "postings_named",
    "proposed",
    "support_task",
    "template",
    "templates",
    "waiting_for_hr",
    "wanted_from",
    "without_debrief",
    "worked_on",
]
