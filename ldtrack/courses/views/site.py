"""What links in mails begin with."""

from __future__ import annotations

from flask import current_app


def site() -> str:
    """The address in force."""
    return str(current_app.extensions["ldtrack.settings"].site)
