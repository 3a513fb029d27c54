"""Serves the style sheets of ``static/css`` as one file, so that a first visit waits once.

A new component only needs its own file in ``static/css/components``; nothing is built.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, current_app, url_for

_ORDER = ("tokens.css", "base.css", "layout.css", "components/*.css", "print.css")
_ONE_YEAR = "public, max-age=31536000, immutable"
_SHEET = "ldtrack.stylesheet"


def register(app: Flask) -> None:
    """Add the address of the sheet and the global ``stylesheet_url``."""
    app.add_url_rule("/style/<digest>.css", "stylesheet", _serve)
    app.jinja_env.globals["stylesheet_url"] = stylesheet_url


def stylesheet_url() -> str:
    """The address of the sheet as it is now: another content has another address."""
    return url_for("stylesheet", digest=_digest(_sheet()))


def joined(folder: Path) -> str:
    """All sheets under ``folder`` in the order of their layers."""
    files = [file for pattern in _ORDER for file in sorted(folder.glob(pattern))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _serve(digest: str) -> Response:
    sheet = _sheet()
    response = Response(sheet, mimetype="text/css")
    # During a roll-out an older page may ask for a sheet that this process does not have.
    fresh = digest == _digest(sheet)
    response.headers["Cache-Control"] = _ONE_YEAR if fresh else "no-cache"
    return response


def _sheet() -> str:
    kept = current_app.extensions
    if current_app.debug or _SHEET not in kept:
        kept[_SHEET] = joined(Path(current_app.static_folder or "") / "css")
    return str(kept[_SHEET])


def _digest(sheet: str) -> str:
    return sha256(sheet.encode()).hexdigest()[:16]
