"""What a browser sends, without a browser: pages and forms over a socket, with a cookie."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from ldtrack.db.session import Database
from ldtrack.people.service.sign_in import begin


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A browser that is signed in, or has opened a form without a sign-in; `token` goes with it."""

    cookie: str
    token: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    location: str
    size: int
    text: str


Fields = tuple[tuple[str, str], ...]
"""Names and values of a form."""


def ask(port: int, path: str, cookie: str, *, seconds: float = 60) -> Answer:
    """Open a page. Raises `OSError` or `HTTPException` if no whole answer comes."""
    return _exchange(port, "GET", path, cookie, None, seconds)


def send(
    port: int,
    path: str,
    visitor: Visitor,
    fields: Fields,
    *,
    seconds: float = 60,
) -> Answer:
    """Send a form; raises as `ask` does, and then nobody knows whether it was stored."""
    body = urlencode([("csrf_token", visitor.token), *fields])
    return _exchange(port, "POST", path, visitor.cookie, body, seconds)


def _exchange(
    port: int, method: str, path: str, cookie: str, body: str | None, seconds: float
) -> Answer:
    headers = {"Cookie": cookie}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        return Answer(
            status=answer.status,
            location=answer.headers.get("Location", ""),
            size=len(content),
            text=content.decode(errors="replace"),
        )
    finally:
        connection.close()


def signed_in(app: Flask, database: Database, account_id: int) -> Visitor:
    """The browser of somebody who signed in just now."""
    clock = app.extensions["ldtrack.clock"]
    with database.writing() as session:
        word = begin(session, account_id=account_id, now=clock.now(), lasts=timedelta(days=1))
    return _visitor(app, {"_user_id": word, "_fresh": True, "_permanent": True})


def nobody(app: Flask) -> Visitor:
    """The browser of somebody without a sign-in, such as a rater."""
    return _visitor(app, {})


def _visitor(app: Flask, session: dict[str, object]) -> Visitor:
    word = uuid4().hex
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    token = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(word)
    cookie = serializer.dumps(session | {"csrf_token": word})
    return Visitor(cookie=f"ldtrack={cookie}", token=str(token))
