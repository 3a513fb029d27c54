"""What the addresses of these pages ask for, cleaned."""

from __future__ import annotations

from flask import request

from ldtrack.reflection.domain.journal import MOST_ABOUT
from ldtrack.ui.cleaning import clean_line


def about_asked() -> str:
    """The line that is looked back on or taken from."""
    return clean_line(request.args.get("about", ""))[:MOST_ABOUT]
