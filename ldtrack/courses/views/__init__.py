"""Pages of courses: the catalogue for everybody, its keeping and completions for HR."""

from flask import Blueprint

courses = Blueprint("courses", __name__)

from ldtrack.courses.views import (  # noqa: E402, F401  # registers its routes
    bookings,
    catalogue,
    certificates,
    completions,
    offerings,
    parked,
    renewals,
    sources,
)
