"""A person's own calendar address, and what is found there."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import queries, service
from ldtrack.coaching.domain.calendar import feed
from ldtrack.coaching.views import coaching
from ldtrack.core.errors import SealedShut
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@coaching.get("/coaching/calendar")
@guard(Action.KEEP_CALENDAR)
def calendar() -> Any:
    """Where one's calendar can fetch planned sessions."""
    try:
        word = queries.own_feed(request_session(), current_actor())
        has_feed = word is not None
    except SealedShut:
        word, has_feed = None, True
    site = current_app.extensions["ldtrack.settings"].site
    address = site + url_for("coaching.calendar_feed", word=word) if word else ""
    return render_template("coaching/calendar.html", address=address, has_feed=has_feed)


@coaching.post("/coaching/calendar/new")
@guard(Action.KEEP_CALENDAR)
@commits
def make_feed() -> Any:
    """A new address; the earlier one stops at once."""
    service.make_feed(request_session(), current_actor(), now=clock().now())
    tell("Here is your address. An earlier one leads nowhere any more.")
    return redirect(url_for("coaching.calendar"), 303)


@coaching.post("/coaching/calendar/end")
@guard(Action.KEEP_CALENDAR)
@commits
def end_feed() -> Any:
    """Let the address lead nowhere."""
    service.end_feed(request_session(), current_actor())
    tell("The address leads nowhere any more.", kind="note")
    return redirect(url_for("coaching.calendar"), 303)


@coaching.get("/calendar/<word>.ics")
@guard(Action.OPEN_CALENDAR)
def calendar_feed(word: str) -> Any:
    """What a calendar fetches: times and places of sessions, and with whom."""
    reader_id, rows = queries.feed_behind(request_session(), word, clock().now())
    answer = Response(feed(rows, reader_id), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="coaching.ics"'
    answer.add_etag()
    return answer.make_conditional(request)
