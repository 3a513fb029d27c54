"""What is done with assignments: post, place, confirm, look back."""

from ldtrack.assignments.service.debriefs import WriteDebrief, name_peer, write_debrief
from ldtrack.assignments.service.outcomes import ConfirmOutcome, confirm_outcome
from ldtrack.assignments.service.placements import (
    EndPlacement,
    Place,
    accept,
    apply,
    decline,
    end_placement,
    place,
    take_back,
)
from ldtrack.assignments.service.postings import (
    PostOpening,
    change_opening,
    close_opening,
    post_opening,
    reopen_opening,
)

__all__ = [
    "ConfirmOutcome",
    "EndPlacement",
    "Place",
    "PostOpening",
    "WriteDebrief",
    "accept",
    "apply",
    "change_opening",
    "close_opening",
    "confirm_outcome",
    "decline",
    "end_placement",
    "name_peer",
    "place",
    "post_opening",
    "reopen_opening",
    "take_back",
    "write_debrief",
]
