"""The decorator by which a view says which action it is, and the actor of the request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotAllowed, NotSignedIn
from ldtrack.ui.messages import tell
from ldtrack.ui.request import asks_for_json

P = ParamSpec("P")

_SIGNED_OUT = "You were signed out, so nothing is stored yet. Sign in, then send it again."


def guard(action: Action) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Declare the view's action; without a sign-in that could do it the view does not run.

    Rules about one thing are checked where the thing is found: in queries and services.
    """

    def declare(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if action not in policy.PUBLIC:
                if g.get("actor") is None:
                    if asks_for_json():
                        # Sent to the sign-in page, a script would use up what that page has to say.
                        raise NotSignedIn
                    return _to_sign_in()
                if not policy.could(current_actor(), action):
                    raise NotAllowed
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]  # read by the app and by tests
        return guarded

    return declare


def _to_sign_in() -> Response:
    """Ask who it is, then go where they were: to the page, or back to the form that was sent."""
    if request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        return redirect(url_for("people.sign_in", next="/"), 303)
    if request.method != "GET":
        tell(_SIGNED_OUT, kind="problem")
    return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")), 303)


def current_actor() -> Actor:
    """Who is at the screen; only in views whose action needs a sign-in."""
    return cast(Actor, g.actor)
