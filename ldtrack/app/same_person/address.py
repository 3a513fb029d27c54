"""Where a page of somebody is whose record became one with another."""

from __future__ import annotations

from flask import g, request, url_for

from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import formerly, person
from ldtrack.ui.request import request_session


def address_now() -> str | None:
    """The address to go to instead of the one that was asked for; none if there is none to see.

    What may be seen there is decided there; who may not see the person learns nothing here.
    """
    actor: Actor | None = g.get("actor")
    values = request.view_args or {}
    if request.method != "GET" or request.endpoint is None or actor is None:
        return None
    if (former_id := values.get("person_id")) is None:
        return None
    session = request_session()
    now = formerly(session, former_id)
    if now is None:
        return None
    try:
        person(session, actor, now)
    except NotVisible:
        return None
    address = url_for(request.endpoint, **{**values, "person_id": now})
    asked = request.query_string.decode("ascii", "ignore")
    return f"{address}?{asked}" if asked else address
