"""Pages of people: sign-in, one's own account, the directory, accounts."""

from flask import Blueprint

people = Blueprint("people", __name__)

from ldtrack.people.views import accounts, directory, sign_in  # noqa: E402, F401  # registers its routes
