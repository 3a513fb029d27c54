"""What the pages of assignments show, put together from queries."""

from ldtrack.assignments.pages.candidates import CandidatesPage, candidates_page
from ldtrack.assignments.pages.mine import MinePage, OwnerPage, mine, of_owner, of_person
from ldtrack.assignments.pages.openings import (
    OpeningPage,
    OpeningsPage,
    opening_page,
    openings_page,
    templates_page,
)
from ldtrack.assignments.pages.placement import (
    PlacementPage,
    levels_on_offer,
    placement_page,
)

__all__ = [
    "CandidatesPage",
    "MinePage",
    "OpeningPage",
    "OpeningsPage",
    "OwnerPage",
    "PlacementPage",
    "candidates_page",
    "levels_on_offer",
    "mine",
    "of_owner",
    "of_person",
    "opening_page",
    "openings_page",
    "placement_page",
    "templates_page",
]
