"""Pages of the network side."""

from flask import Blueprint

network = Blueprint("network", __name__)

from ldtrack.network.views import own, table  # noqa: E402, F401  # registers its routes
