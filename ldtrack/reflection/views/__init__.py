"""Pages of the journal and of what is taken along."""

from flask import Blueprint

reflection = Blueprint("reflection", __name__)

from ldtrack.reflection.views import journal, takeaways  # noqa: E402, F401  # registers its routes
