"""One database session a request, and the one place where a request commits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, cast
from zoneinfo import ZoneInfo

from flask import Response, current_app, g, make_response, redirect, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from ldtrack.config.settings import Settings
from ldtrack.core.clock import Clock, LocalClock
from ldtrack.core.errors import Conflict, LdtrackError
from ldtrack.core.zones import EVERYWHERE_ALIKE, shown_in, zone_words
from ldtrack.db import once
from ldtrack.db.session import Database, zone_of

P = ParamSpec("P")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def database() -> Database:
    """The application's database."""
    return cast(Database, current_app.extensions["ldtrack.database"])


def clock() -> Clock:
    """The application's clock, as it hangs in the organisation once that is known."""
    hung = cast(Clock, current_app.extensions["ldtrack.clock"])
    zone = _zone()
    return hung if zone is None else LocalClock(hung, zone)


def here(at: datetime) -> datetime:
    """The instant as the organisation's clocks show it, or as UTC while none is known."""
    zone = _zone()
    return at.astimezone(UTC) if zone is None else shown_in(zone, at)


def zone_name(*, bare: bool = False) -> str:
    """Where those clocks hang, as a page says it beside a time of day: "Europe/London time".

    `bare` is the place alone, for pages in other languages.
    """
    zone = _zone()
    place = EVERYWHERE_ALIKE if zone is None else zone.key
    return place if bare else zone_words(place)


def _zone() -> ZoneInfo | None:
    return zone_of(g.db_session) if "db_session" in g else None


def base_url() -> str:
    """Where the links of mails lead."""
    return cast(Settings, current_app.extensions["ldtrack.settings"]).site


def asks_for_json() -> bool:
    """Whether a script asks rather than a person, to whom a page would be shown."""
    wanted = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return wanted == "application/json"


def request_session() -> Session:
    """The request's session, opened when first asked for; it writes unless the method is safe."""
    if "db_session" not in g:
        g.db_session = database().session(writes=request.method not in SAFE_METHODS)
    return cast(Session, g.db_session)


def close_request_session(_error: BaseException | None = None) -> None:
    """Give the connection back; whatever was not committed is gone."""
    session = g.pop("db_session", None)
    if session is not None:
        session.close()


def commits(view: Callable[P, Any]) -> Callable[P, Response]:
    """Commit what the view stored if it answered well, roll back otherwise.

    A form that was already acted upon is answered as it was the first time, without acting again.
    """

    @wraps(view)
    def committed(*args: P.args, **kwargs: P.kwargs) -> Response:
        session = request_session()
        key = _key()
        if key and (location := once.answer_to(session, key)):
            return cast(Response, redirect(location, 303))
        try:
            response = make_response(view(*args, **kwargs))
            if response.status_code >= 400:
                session.rollback()
                return response
            if key and response.status_code == 303:
                once.remember(session, key, response.location or "/", clock().now())
            session.commit()
        except IntegrityError as error:
            session.rollback()
            if key and (location := once.answer_to(session, key)):
                return cast(Response, redirect(location, 303))
            raise Conflict from error
        except (LdtrackError, HTTPException):
            session.rollback()
            raise
        return response

    committed.commits = True  # type: ignore[attr-defined]  # read by the test of all routes
    return committed


def _key() -> str | None:
    typed = request.form.get("idempotency_key", "")
    if not typed:
        return None
    sender = str(getattr(g.get("actor"), "account_id", None) or "")
    return once.once_key(sender, request.path, typed)
