"""Pages by which files come in and go out."""

from flask import Blueprint

exchange = Blueprint("exchange", __name__)
xapi = Blueprint("xapi", __name__, url_prefix="/xapi")

from ldtrack.exchange.views import (  # noqa: E402, F401  # registers its routes
    downloads,
    frameworks,
    imports,
    long_lists,
    map_file,
    programmes,
    set_up,
    starters,
    statement_door,
    statements,
    tables,
    texts,
)
