"""The triads one is in, and beginning one."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Facts
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.network import queries, service
from ldtrack.network.domain.triads import FEW, TAKEN
from ldtrack.network.forms import StartForm
from ldtrack.network.views import network
from ldtrack.network.views.doors import sender
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@network.get("/triads")
@guard(Action.READ_TRIAD)
def triads() -> Any:
    """One's own triads and invitations; HR reads how many there are, if they are enough."""
    session, actor = request_session(), current_actor()
    counts = policy.permits(
        actor, Action.COUNT_TRIADS, Facts(organisation_id=actor.organisation_id)
    )
    return render_template(
        "network/triads.html",
        rows=queries.my_triads(session, actor),
        waiting=queries.triads_waiting(session, actor, clock().today()),
        own_id=actor.person_id,
        taken=TAKEN,
        may_start=policy.could(actor, Action.START_TRIAD),
        counts=counts,
        n=queries.n_triads(session, actor) if counts else None,
        few=FEW,
    )


@network.route("/triads/new", methods=["GET", "POST"])
@guard(Action.START_TRIAD)
@commits
def start_triad() -> Any:
    """Say what for, and ask two others."""
    form = StartForm()
    if form.validate_on_submit():
        try:
            triad_id = service.start(
                request_session(), current_actor(), form.command(), sender=sender()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The two are asked. The triad begins when both say yes.")
            return redirect(url_for("network.triad", triad_id=triad_id), 303)
    page = render_template("network/start.html", form=form)
    return page, 422 if form.is_submitted() else 200
