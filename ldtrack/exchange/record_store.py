"""Asking a learning record store for statements over the network (xAPI `GET statements`).

Whoever names a store must not reach through this server what only the server can reach. So a store
is asked over TLS and only at public addresses; what lies elsewhere has to be named in the settings
by whoever runs the server. The address that was looked at is the one that is connected to, and
redirects are not followed.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from ldtrack.courses.domain.asking import address_problem

PATIENCE = 20.0
"""Seconds for connecting and for each read."""
MOST_BYTES = 10_000_000
"""One page of statements."""
MOST_PAGES = 50
"""Pages in one go; what is left is asked for the next time."""
PAGE = 200
_VERSION = "1.0.3"


class NotAnswered(Exception):
    """The store cannot be asked or did not answer well; the message is for HR."""


@dataclass(frozen=True, kw_only=True)
class Store:
    """Where to ask, as whom, and which hosts may lie inside the network."""

    address: str
    username: str
    secret: str
    trusted: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of statements; up to `until` the store has told everything."""

    statements: list[Any]
    until: datetime | None


def pages_since(store: Store, since: datetime | None) -> Iterator[Page]:
    """New statements, oldest first, a page at a time."""
    asked = {"ascending": "true", "limit": str(PAGE)}
    if since is not None:
        asked["since"] = since.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if problem := address_problem(store.address, store.trusted):
        raise NotAnswered(problem)
    home = store.address.rstrip("/")
    address = f"{home if home.endswith('/statements') else home + '/statements'}?{urlencode(asked)}"
    for _ in range(MOST_PAGES):
        said = _asked(store, address)
        statements = said.get("statements")
        if not isinstance(statements, list):
            raise NotAnswered("The answer holds no statements.")
        more = said.get("more") or ""
        yield Page(statements=statements, until=_latest(statements))
        if not more:
            return
        following = urljoin(address, more) if isinstance(more, str) else ""
        if _origin(following) != _origin(address):
            raise NotAnswered("The store points to another address for the rest.")
        address = following


def _asked(store: Store, address: str) -> dict[str, Any]:
    target = urlsplit(address)
    where = _place_of(target, store.trusted)
    connection = _connection(target, where)
    word = base64.b64encode(f"{store.username}:{store.secret}".encode()).decode()
    path = target.path or "/"
    try:
        connection.request(
            "GET",
            f"{path}?{target.query}" if target.query else path,
            headers={
                "Authorization": f"Basic {word}",
                "X-Experience-API-Version": _VERSION,
                "Accept": "application/json",
            },
        )
        return _read(connection.getresponse())
    except (OSError, HTTPException) as error:
        raise NotAnswered(f"The store does not answer ({type(error).__name__}).") from error
    finally:
        connection.close()


def _read(answer: HTTPResponse) -> dict[str, Any]:
    if answer.status in (401, 403):
        raise NotAnswered("The store does not accept these credentials.")
    if answer.status != 200:
        raise NotAnswered(f"The store answers {answer.status}.")
    raw = answer.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise NotAnswered("The answer is too large.")
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise NotAnswered("The answer is not JSON.") from error
    if not isinstance(said, dict):
        raise NotAnswered("The answer holds no statements.")
    return said


def _place_of(target: SplitResult, trusted: frozenset[str]) -> tuple[str, int]:
    """The address of the network to connect to; looked up once, so that it cannot change."""
    host = target.hostname or ""
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotAnswered("There is no such host.") from error
    places = [str(entry[4][0]) for entry in found]
    if host not in trusted and not all(ipaddress.ip_address(one).is_global for one in places):
        raise NotAnswered(
            "This host lies inside the network of this server. "
            "Whoever runs it can name it in the setting record_stores."
        )
    return places[0], port


def _connection(target: SplitResult, where: tuple[str, int]) -> HTTPConnection:
    host = target.hostname or ""
    if target.scheme == "http":
        plain = HTTPConnection(host, where[1], timeout=PATIENCE)
        plain._create_connection = _to(where)  # type: ignore[attr-defined]  # no public way to pin
        return plain
    safe = HTTPSConnection(host, where[1], timeout=PATIENCE, context=ssl.create_default_context())
    safe._create_connection = _to(where)  # type: ignore[attr-defined]  # no public way to pin
    return safe


def _to(where: tuple[str, int]) -> Callable[..., socket.socket]:
    def connect(_address: object, *rest: Any, **more: Any) -> socket.socket:
        return socket.create_connection(where, *rest, **more)

    return connect


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port


def _latest(statements: list[Any]) -> datetime | None:
    found = []
    for one in statements:
        try:
            at = datetime.fromisoformat(one["stored"])
        except (KeyError, TypeError, ValueError):
            continue
        found.append(at if at.tzinfo else at.replace(tzinfo=UTC))
    return max(found, default=None)
