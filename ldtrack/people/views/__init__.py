"""Pages of people: sign-in, one's own account, the directory, accounts."""

from flask import Blueprint

people = Blueprint("people", __name__)

from ldtrack.people.views import (  # noqa: E402  # registers its routes
    accounts,  # noqa: F401
    attributes,  # noqa: F401
    changes,  # noqa: F401
    directory,  # noqa: F401
    lines,  # noqa: F401
    record,  # noqa: F401
    sign_in,  # noqa: F401
    sponsors,  # noqa: F401
    units,  # noqa: F401
)
