"""Reading triads: for their members alone, and their number for HR."""

from ldtrack.network.queries.seats import (
    TRIAD,
    my_triads,
    n_triads,
    running_triads,
    seat_by_link,
    seat_of,
    seats_of,
    triad_with,
    triads_waiting,
)
from ldtrack.network.queries.told import check_ins, commitments, experience, experiences

__all__ = [
    "TRIAD",
    "check_ins",
    "commitments",
    "experience",
    "experiences",
    "my_triads",
    "n_triads",
    "running_triads",
    "seat_by_link",
    "seat_of",
    "seats_of",
    "triad_with",
    "triads_waiting",
]
