"""Room for files that are larger than others, at the few addresses that take them.

Before anything of a request is read; so only the cookie's signature tells whether somebody is
signed in. Whoever is not gets no more room than on any page.
"""

from __future__ import annotations

from flask import Flask, current_app, request, session

_BESIDE = 500_000
"""Bytes of a form beside its file."""


def register(app: Flask) -> None:
    """Look at each request before its form is read."""

    @app.before_request
    def give_room() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        most = getattr(view, "most_bytes", None)
        if most is not None and "_user_id" in session:
            request.max_content_length = most + _BESIDE
