"""Looking back by signed link, without an account: confirm what was delivered, say what one saw.

A link that leads nowhere is answered alike, whatever the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import current_app, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import guard
from ldtrack.assignments import pages, queries, service
from ldtrack.assignments.forms import debrief_form, outcome_form
from ldtrack.assignments.links import links_for
from ldtrack.assignments.queries import Linked
from ldtrack.assignments.views import assignments
from ldtrack.config.settings import Settings
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import people_named
from ldtrack.ui.request import clock, commits, request_session


def behind_link(view: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the view whoever was sent the link, or say kindly that there is nothing."""

    @wraps(view)
    def found(token: str) -> Any:
        settings = cast(Settings, current_app.extensions["ldtrack.settings"])
        said = links_for(settings).read(token)
        try:
            one = queries.linked(request_session(), said, clock().now())
            return view(token, one)
        except NotVisible:
            return render_template("assignments/by_link/nothing_here.html"), 404

    return found


@assignments.route("/d/<token>", methods=["GET", "POST"])
@guard(Action.ANSWER_DEBRIEF)
@commits
@behind_link
def look_back(token: str, one: Linked) -> Any:
    """Three short answers; whoever answers for the assignment is first led to its outcome."""
    session = request_session()
    task = queries.debrief_task(session, one.actor, one.placement_id, one.today)
    unproved = one.answers and any(
        row.id == one.placement_id
        for row in queries.outcomes_to_confirm(session, one.actor, one.today)
    )
    form = debrief_form(task.written)
    if form.validate_on_submit() and not form.missing():
        try:
            command = form.command(hand_in=True)
            service.write_debrief(session, one.actor, one.placement_id, command, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return redirect(url_for("assignments.thanks", token=token), 303)
    shown = render_template(
        "assignments/by_link/look_back.html",
        task=task,
        one=one,
        token=token,
        name=people_named(session, [task.person_id])[task.person_id].name,
        form=form,
        unproved=unproved,
        handed_in=task.written is not None and task.written.held_on is not None,
    )
    return shown, 422 if form.is_submitted() else 200


@assignments.route("/d/<token>/outcome", methods=["GET", "POST"])
@guard(Action.ANSWER_DEBRIEF)
@commits
@behind_link
def outcome_by_link(token: str, one: Linked) -> Any:
    """What was delivered, what proves it, which levels were seen."""
    if not one.answers:
        raise NotVisible
    session = request_session()
    page = pages.placement_page(session, one.actor, one.placement_id, one.today)
    asked, levels = pages.levels_on_offer(session, page.placement)
    form = outcome_form(asked, levels, page.placement.outcome)
    if form.validate_on_submit():
        try:
            service.confirm_outcome(
                session, one.actor, one.placement_id, form.command(), now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return redirect(url_for("assignments.look_back", token=token), 303)
    shown = render_template("assignments/by_link/outcome.html", page=page, form=form, token=token)
    return shown, 422 if form.is_submitted() else 200


@assignments.get("/d/<token>/thanks")
@guard(Action.ANSWER_DEBRIEF)
@behind_link
def thanks(token: str, one: Linked) -> Any:
    """What happens next."""
    task = queries.debrief_task(request_session(), one.actor, one.placement_id, one.today)
    name = people_named(request_session(), [task.person_id])[task.person_id].name
    return render_template("assignments/by_link/thanks.html", task=task, name=name, token=token)
