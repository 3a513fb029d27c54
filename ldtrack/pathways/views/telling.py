"""A leader says that they did what a step asks for, or that they did not."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import TellDone
from ldtrack.pathways.forms import TellDoneForm
from ldtrack.pathways.views import pathways
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@pathways.route("/pathways/steps/<id:step_id>/done", methods=["GET", "POST"])
@guard(Action.TELL_STEP)
@commits
def tell_done(step_id: int) -> Any:
    """Say on which day one did it."""
    session, actor, now = request_session(), current_actor(), clock().now()
    step = queries.step_to_tell(session, actor, step_id)
    form = TellDoneForm(data={"done_on": now.date()})
    if form.validate_on_submit():
        command = TellDone(step_id=step_id, done_on=form.done_on.data)
        try:
            service.tell_done(session, actor, command, now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            undo = url_for("pathways.take_word_back", step_id=step_id)
            tell(f"“{step.title}” is done.", undo_url=undo)
            return redirect(url_for("dashboards.my_pathway"), 303)
    page = render_template("pathways/tell_done.html", form=form, step=step)
    return page, 422 if form.is_submitted() else 200


@pathways.post("/pathways/steps/<id:step_id>/not-done")
@guard(Action.TELL_STEP)
@commits
def take_word_back(step_id: int) -> Any:
    """Say that one did not do it."""
    service.take_word_back(request_session(), current_actor(), step_id)
    tell("It is open again.")
    return redirect(url_for("dashboards.my_pathway"), 303)
