"""Handing out a file that somebody else made."""

from __future__ import annotations

from flask import Response

_POLICY = "default-src 'none'; sandbox"
"""Nothing in it may run or load, even if it is opened here."""


def attachment(content: bytes, *, media_type: str, name: str) -> Response:
    """The file, to be kept and not to be shown within a page."""
    answer = Response(content, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer
