"""Reading pathways, enrolments and progress."""

from ldtrack.pathways.queries.ahead import ahead_on
from ldtrack.pathways.queries.enrolments import (
    active_enrolments,
    cohorts,
    enrolled_on,
    enrolment,
    enrolment_of,
    enrolments_of,
    travellers,
)
from ldtrack.pathways.queries.late import on_the_way
from ldtrack.pathways.queries.naming import gates_asking
from ldtrack.pathways.queries.plans import (
    catalogue,
    pathway,
    plans,
    steps_developing,
    version_of_stage,
    version_of_step,
)
from ldtrack.pathways.queries.progress import (
    progress_of,
    progress_of_people,
    progress_of_version,
    progress_on,
)

__all__ = [
    "active_enrolments",
    "ahead_on",
    "catalogue",
    "cohorts",
    "enrolled_on",
    "enrolment",
    "enrolment_of",
    "enrolments_of",
    "gates_asking",
    "on_the_way",
    "pathway",
    "plans",
    "progress_of",
    "progress_of_people",
    "progress_of_version",
    "progress_on",
    "steps_developing",
    "travellers",
    "version_of_stage",
    "version_of_step",
]
