"""Pages of people: sign-in, one's own account, the directory."""

from flask import Blueprint

people = Blueprint("people", __name__)

from ldtrack.people.views import sign_in  # noqa: E402, F401  # registers its routes
