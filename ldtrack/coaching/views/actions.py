"""Ticking what was promised, and taking the tick back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import queries, service
from ldtrack.coaching.forms import ActionForm
from ldtrack.coaching.views import coaching
from ldtrack.core.errors import RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@coaching.post("/coaching/actions/<id:action_id>/done")
@guard(Action.WRITE_COACHING_ACTION)
@commits
def finish_action(action_id: int) -> Any:
    """It was done."""
    person_id = service.finish_action(
        request_session(), current_actor(), action_id, now=clock().now()
    )
    tell("Done.", undo_url=url_for("coaching.open_action", action_id=action_id))
    return redirect(_back(person_id), 303)


@coaching.route("/coaching/actions/<id:action_id>", methods=["GET", "POST"])
@guard(Action.WRITE_COACHING_ACTION)
@commits
def settle_action(action_id: int) -> Any:
    """Say what became of it, when it was not simply done."""
    action, person_id = queries.action_to_settle(request_session(), current_actor(), action_id)
    form = ActionForm(data={"state": action.state, "word": action.word})
    if form.validate_on_submit():
        try:
            service.settle_action(
                request_session(), current_actor(), action_id, form.command(), now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"The action is {form.command().state.label.lower()}.")
            return redirect(_back(person_id), 303)
    shown = render_template(
        "coaching/settle_action.html", action=action, form=form, back_url=_back(person_id)
    )
    return shown, 422 if form.is_submitted() else 200


@coaching.post("/coaching/actions/<id:action_id>/open")
@guard(Action.WRITE_COACHING_ACTION)
@commits
def open_action(action_id: int) -> Any:
    """It was not done after all."""
    person_id = service.open_action(request_session(), current_actor(), action_id)
    tell("The action is open again.", kind="note")
    return redirect(_back(person_id), 303)


def _back(person_id: int) -> str:
    if person_id == current_actor().person_id:
        return url_for("coaching.my_coaching")
    return url_for("coaching.leader", person_id=person_id)
