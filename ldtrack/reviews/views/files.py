"""Handing out a printed file."""

from __future__ import annotations

from typing import cast

from flask import Response, current_app

from ldtrack.config.settings import Settings
from ldtrack.core.errors import NotVisible
from ldtrack.reviews.shelf import Shelf


def settings() -> Settings:
    """The settings in force."""
    return cast(Settings, current_app.extensions["ldtrack.settings"])


def printed_file(content_hash: str) -> bytes:
    """The file, else `NotVisible`."""
    content = Shelf(settings().documents).get(content_hash) if content_hash else None
    if content is None:
        raise NotVisible
    return content


def pdf_response(content: bytes, name: str) -> Response:
    """The file as a page of the browser, under its name if it is kept."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
