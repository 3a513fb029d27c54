"""The waiting files of this application."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from werkzeug.datastructures import FileStorage

from ldtrack.access.guard import current_actor
from ldtrack.exchange.uploads import Kept, Uploads
from ldtrack.ui.cleaning import clean_line
from ldtrack.ui.request import clock


def uploads() -> Uploads:
    """The folder in the instance."""
    return Uploads(Path(current_app.instance_path) / "uploads")


def keep(file: FileStorage, *, kind: str, told: dict[str, str] | None = None) -> str:
    """Keep an uploaded file. Returns the word for its address."""
    return uploads().keep(
        current_actor(),
        file.stream.read(),
        kind=kind,
        name=clean_line((file.filename or "")[:300]),
        now=clock().now(),
        told=told,
    )


def find(token: str, kind: str) -> Kept:
    """A waiting file of the actor's own, else `NotVisible`."""
    return uploads().find(current_actor(), token, kind, clock().now())
