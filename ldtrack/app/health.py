"""Whether the process lives and whether it can do its work."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, jsonify
from sqlalchemy import text

from ldtrack.access.actions import Action
from ldtrack.access.guard import guard
from ldtrack.ui.request import request_session

health = Blueprint("health", __name__)


@health.get("/healthz")
@guard(Action.OPEN_PAGE)
def alive() -> Response:
    """The process answers."""
    return jsonify(ok=True)


@health.get("/readyz")
@guard(Action.OPEN_PAGE)
def ready() -> Response:
    """The database answers too."""
    request_session().execute(text("SELECT 1"))
    return jsonify(ok=True)


def register(app: Flask) -> None:
    """Install the two addresses."""
    app.register_blueprint(health)
