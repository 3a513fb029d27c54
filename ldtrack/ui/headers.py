"""The security headers of every answer; which addresses exist is not known here."""

from __future__ import annotations

from flask import Flask, Response, request

_CONTENT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_UNUSED_POWERS = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _CONTENT.items()),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": the CSRF check compares the referrer on https.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in _UNUSED_POWERS),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_POLICY = "Content-Security-Policy"
_SAME_FOR_EVERYBODY = {"static", "stylesheet"}
_ONE_YEAR = "max-age=31536000"


def register(app: Flask) -> None:
    """Put the headers on every answer of ``app``."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    # A file that people handed in comes with a policy of its own, which is stricter.
    own = response.headers.get(_POLICY)
    response.headers.update(HEADERS)
    if own is not None:
        response.headers[_POLICY] = own
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = _ONE_YEAR
    if request.endpoint not in _SAME_FOR_EVERYBODY:
        response.headers["Cache-Control"] = "no-store"
    return response
