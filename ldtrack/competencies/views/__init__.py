"""Pages of the competency map; everybody in the organisation may read them."""

from flask import Blueprint

competencies = Blueprint("competencies", __name__)

from ldtrack.competencies.views import frameworks  # noqa: E402, F401  # registers its routes
