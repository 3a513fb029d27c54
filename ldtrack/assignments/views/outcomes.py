"""What an owner or sponsor is asked: to confirm outcomes."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import pages, service
from ldtrack.assignments.forms import outcome_form
from ldtrack.assignments.views import assignments
from ldtrack.core.errors import NotAllowed, RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@assignments.get("/assignments/outcomes")
@guard(Action.CONFIRM_OUTCOME)
def my_outcomes() -> Any:
    """What waits for those who answer for assignments, or were asked to look back on one."""
    page = pages.of_owner(request_session(), current_actor(), clock().today())
    return render_template("assignments/my_outcomes.html", page=page)


@assignments.route("/assignments/placements/<id:placement_id>/outcome", methods=["GET", "POST"])
@guard(Action.CONFIRM_OUTCOME)
@commits
def outcome(placement_id: int) -> Any:
    """Three questions: what was delivered, what proves it, which levels were seen."""
    session, actor, today = request_session(), current_actor(), clock().today()
    page = pages.placement_page(session, actor, placement_id, today)
    if not page.answers or not page.is_over:
        raise NotAllowed("Who answers for the assignment confirms its outcome, once it is over.")
    asked, levels = pages.levels_on_offer(session, page.placement)
    form = outcome_form(asked, levels, page.placement.outcome)
    if form.validate_on_submit():
        command = form.command()
        try:
            service.confirm_outcome(session, actor, placement_id, command, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(_said(page.person, proved=bool(command.proof), debriefed=page.is_debriefed))
            return redirect(url_for("assignments.my_outcomes"), 303)
    shown = render_template("assignments/outcome.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


def _said(name: str, *, proved: bool, debriefed: bool) -> str:
    if not proved:
        return "Kept as a claim. Add the proof when you have it; until then it moves no level."
    if debriefed:
        return f"Confirmed. It now counts as evidence of {name}’s levels."
    return f"Confirmed. It counts once {name} and one other person have looked back."
