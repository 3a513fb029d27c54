"""Pages of the competency map: everybody reads what is no draft, HR writes."""

from flask import Blueprint

competencies = Blueprint("competencies", __name__)

from ldtrack.competencies.views import (  # noqa: E402, F401  # registers its routes
    contents,
    crosswalks,
    editions,
    frameworks,
    indicators,
    profiles,
)
