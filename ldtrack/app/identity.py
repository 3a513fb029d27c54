"""Who is at the screen, and the refusal of any route that declares no action."""

from __future__ import annotations

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from ldtrack.people.queries import any_organisation
from ldtrack.people.service import sign_in
from ldtrack.ui.request import clock, request_session

_FREE = {"static", "stylesheet"}


class Visitor(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login keeps for the length of a request."""

    def __init__(self, token: str, signed_in: sign_in.SignedIn) -> None:
        self.token = token
        self.signed_in = signed_in

    def get_id(self) -> str:
        """The word in the cookie: it names a sign-in, never an account."""
        return self.token


def register(app: Flask) -> None:
    """Install Flask-Login over our own sign-in rows, and look at every request."""
    # Templates know the actor already; the page of an error must not ask the database.
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(_identify)


def _load(token: str) -> Visitor | None:
    found = sign_in.signed_in(request_session(), token=token, now=clock().now())
    return Visitor(token, found) if found else None


def _identify() -> Response | None:
    if request.endpoint is None or request.endpoint in _FREE:
        return None
    view = current_app.view_functions[request.endpoint]
    if not hasattr(view, "action"):
        # Fails closed: a page that forgot to say what it is does not exist.
        raise NotFound
    g.actor = None
    if "_user_id" in session and current_user.is_authenticated:
        g.actor = current_user.signed_in.actor
        g.organisation_name = current_user.signed_in.organisation
    elif request.endpoint not in _BEFORE_SET_UP and not _is_set_up():
        return redirect(url_for("setup.start"), 303)
    return None


_BEFORE_SET_UP = {"setup.start", "health.alive", "health.ready"}


def _is_set_up() -> bool:
    if not current_app.extensions.get("ldtrack.is_set_up"):
        current_app.extensions["ldtrack.is_set_up"] = any_organisation(request_session())
    return bool(current_app.extensions["ldtrack.is_set_up"])
