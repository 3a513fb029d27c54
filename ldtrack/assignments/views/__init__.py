"""Pages of assignments: openings, placements, outcomes, looking back."""

from flask import Blueprint

assignments = Blueprint("assignments", __name__)

from ldtrack.assignments.views import (  # noqa: E402, F401  # registers its routes
    applying,
    by_link,
    deciding,
    looking_back,
    mine,
    open_to,
    openings,
    outcomes,
    placing,
    templates,
    writing,
)
