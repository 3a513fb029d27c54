"""The decorator by which a view says which action it is, and the actor of the request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import g, redirect, request, url_for

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotAllowed

P = ParamSpec("P")


def guard(action: Action) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Declare the view's action; without a sign-in that could do it the view does not run.

    Rules about one thing are checked where the thing is found: in queries and services.
    """

    def declare(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if action not in policy.PUBLIC:
                if g.get("actor") is None:
                    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
                    return redirect(url_for("people.sign_in", next=wanted), 303)
                if not policy.could(current_actor(), action):
                    raise NotAllowed
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]  # read by the app and by tests
        return guarded

    return declare


def current_actor() -> Actor:
    """Who is at the screen; only in views whose action needs a sign-in."""
    return cast(Actor, g.actor)
