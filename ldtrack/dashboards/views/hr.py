"""HR's first page, and what could not be delivered."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.dashboards.pages.today import today_page
from ldtrack.dashboards.views import dashboards
from ldtrack.outbox.queries import undelivered as failed_messages
from ldtrack.people.service import set_up_list
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@dashboards.get("/today")
@guard(Action.READ_PROGRAMME)
def today() -> Any:
    """What wants action."""
    actor = current_actor()
    beside = current_app.extensions["ldtrack.beside_today"](actor, clock().now())
    page = today_page(request_session(), actor, clock().today(), beside)
    return render_template("dashboards/today.html", page=page)


@dashboards.post("/today/set-up/put-away")
@guard(Action.WRITE_PROGRAMME)
@commits
def put_list_away() -> Any:
    """Show the set-up steps no longer."""
    set_up_list.put_list_away(request_session(), current_actor(), now=clock().now())
    tell("The list is put away. “Show the set-up steps” below brings it back.")
    return redirect(url_for("dashboards.today"), 303)


@dashboards.post("/today/set-up/get-back")
@guard(Action.WRITE_PROGRAMME)
@commits
def get_list_back() -> Any:
    """Show the set-up steps again."""
    set_up_list.get_list_back(request_session(), current_actor())
    return redirect(url_for("dashboards.today"), 303)


@dashboards.get("/today/undelivered")
@guard(Action.READ_PROGRAMME)
def undelivered() -> Any:
    """Addresses that mail could not be brought to."""
    rows = [
        {"address": address, "problem": problem}
        for address, problem in failed_messages(request_session())
    ]
    return render_template("dashboards/undelivered.html", rows=rows)
