"""Saying which kinds of openings one is open to offers of."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import queries, service
from ldtrack.assignments.forms import OpenToForm
from ldtrack.assignments.views import assignments
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@assignments.route("/assignments/open-to-offers", methods=["GET", "POST"])
@guard(Action.OPEN_TO_OFFERS)
@commits
def open_to_offers() -> Any:
    """Tick the kinds that one would like to be thought of for; none takes it back."""
    session, actor = request_session(), current_actor()
    before = queries.open_to(session, actor)
    # What is sent counts alone: with nothing ticked, what was ticked before is taken back.
    form = OpenToForm(data={"kinds": [] if request.method == "POST" else sorted(before)})
    if form.validate_on_submit():
        chosen = form.command()
        service.be_open_to(session, actor, chosen, now=clock().now())
        tell(
            "Those who answer for such openings see that you are open to them."
            if chosen
            else "You are not listed anywhere any more."
        )
        return redirect(url_for("dashboards.openings"), 303)
    shown = render_template("assignments/open_to_offers.html", form=form, before=before)
    return shown, 422 if form.is_submitted() else 200
