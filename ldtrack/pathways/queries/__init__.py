"""Reading pathways, enrolments and progress."""

from ldtrack.pathways.queries.ahead import ahead_on
from ldtrack.pathways.queries.astray import astray
from ldtrack.pathways.queries.calls import (
    call,
    call_figures,
    calls_for,
    calls_of,
    interested_in,
)
from ldtrack.pathways.queries.closing import closing_of, closings, what_ends
from ldtrack.pathways.queries.cohorts import (
    cohort,
    cohort_lines,
    cohort_meant,
    cohorts_on,
    ties_of,
    travelling,
)
from ldtrack.pathways.queries.enrolments import (
    active_enrolments,
    cohorts,
    enrolled_on,
    enrolment,
    enrolment_of,
    enrolments_of,
    n_enrolments,
    travellers,
)
from ldtrack.pathways.queries.late import on_the_way
from ldtrack.pathways.queries.moving import Movable, movable_to
from ldtrack.pathways.queries.naming import places_naming, routes
from ldtrack.pathways.queries.needs import NEEDS_SHOWN, n_open_needs, need, needs_of, open_needs
from ldtrack.pathways.queries.outline import outline
from ldtrack.pathways.queries.pilots import PilotDue, pilot_of, pilots_overdue, pilots_so_far
from ldtrack.pathways.queries.plans import (
    catalogue,
    cover,
    pathway,
    plans,
    published_version,
    step_to_tell,
    version_of_group,
    version_of_stage,
    version_of_step,
    versions_of,
)
from ldtrack.pathways.queries.portable import (
    Carried,
    Origin,
    came_before,
    carried,
    identifiers_of_things,
    newest_version,
    things_identified,
    title_taken,
)
from ldtrack.pathways.queries.progress import (
    progress_of,
    progress_of_people,
    progress_of_version,
    progress_on,
    redated_if,
)
from ldtrack.pathways.queries.rules import named_gaps, preview_of, rule_of

__all__ = [
    "NEEDS_SHOWN",
    "Carried",
    "Movable",
    "Origin",
    "PilotDue",
    "active_enrolments",
    "ahead_on",
    "astray",
    "call",
    "call_figures",
    "calls_for",
    "calls_of",
    "came_before",
    "carried",
    "catalogue",
    "closing_of",
    "closings",
    "cohort",
    "cohort_lines",
    "cohort_meant",
    "cohorts",
    "cohorts_on",
    "cover",
    "enrolled_on",
    "enrolment",
    "enrolment_of",
    "enrolments_of",
    "identifiers_of_things",
    "interested_in",
    "movable_to",
    "n_enrolments",
    "n_open_needs",
    "named_gaps",
    "need",
    "needs_of",
    "newest_version",
    "on_the_way",
    "open_needs",
    "outline",
    "pathway",
    "pilot_of",
    "pilots_overdue",
    "pilots_so_far",
    "places_naming",
    "plans",
    "preview_of",
    "progress_of",
    "progress_of_people",
    "progress_of_version",
    "progress_on",
    "published_version",
    "redated_if",
    "routes",
    "rule_of",
    "step_to_tell",
    "things_identified",
    "ties_of",
    "title_taken",
    "travellers",
    "travelling",
    "version_of_group",
    "version_of_stage",
    "version_of_step",
    "versions_of",
    "what_ends",
]
