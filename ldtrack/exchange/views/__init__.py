"""Pages by which files come in and go out."""

from flask import Blueprint

exchange = Blueprint("exchange", __name__)

from ldtrack.exchange.views import downloads, frameworks, map_file, starters, tables, texts  # noqa: E402, F401  # registers its routes
