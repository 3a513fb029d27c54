"""What the pages of pathways show, ready for their templates."""

from ldtrack.pathways.pages.choices import (
    Choices,
    as_written,
    competency_options,
    framework_options,
    gate_as_written,
    group_as_written,
    group_options,
    level_options,
    role_profile_options,
    step_options,
    steps_before,
)
from ldtrack.pathways.pages.correcting import CorrectingPage, correcting_page
from ldtrack.pathways.pages.graph import Drawing, drawing_of
from ldtrack.pathways.pages.moving import move_page
from ldtrack.pathways.pages.needs import (
    need_to_settle,
    needs_page,
    open_needs_page,
    owner_options,
)
from ldtrack.pathways.pages.people import (
    EnrolmentPage,
    PeoplePage,
    enrolment_page,
    people_page,
)
from ldtrack.pathways.pages.version import VersionPage, version_page

__all__ = [
    "Choices",
    "CorrectingPage",
    "Drawing",
    "EnrolmentPage",
    "PeoplePage",
    "VersionPage",
    "as_written",
    "competency_options",
    "correcting_page",
    "drawing_of",
    "enrolment_page",
    "framework_options",
    "gate_as_written",
    "group_as_written",
    "group_options",
    "level_options",
    "move_page",
    "need_to_settle",
    "needs_page",
    "open_needs_page",
    "owner_options",
    "people_page",
    "role_profile_options",
    "step_options",
    "steps_before",
    "version_page",
]
