"""What people need so that they can take part: stated, answered, taken back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways import pages, queries, service
from ldtrack.pathways.forms import NeedForm, SettleForm
from ldtrack.pathways.views import pathways
from ldtrack.ui.lists import page_number
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@pathways.route("/pathways/enrolments/<id:enrolment_id>/needs", methods=["GET", "POST"])
@guard(Action.STATE_NEED)
@commits
def needs(enrolment_id: int) -> Any:
    """What somebody needs; sent, one thing more."""
    session, actor = request_session(), current_actor()
    page = pages.needs_page(session, actor, enrolment_id)
    form = NeedForm()
    if form.validate_on_submit():
        service.state_need(session, actor, form.command(enrolment_id), now=clock().now())
        tell("It is stated. Those who organise see it, and nobody else.")
        return redirect(url_for("pathways.needs", enrolment_id=enrolment_id), 303)
    answer = render_template("pathways/needs.html", page=page, form=form)
    return answer, 422 if form.is_submitted() else 200


@pathways.get("/pathways/needs")
@guard(Action.SETTLE_NEED)
def open_needs() -> Any:
    """What still has to be done about needs."""
    page = pages.open_needs_page(request_session(), current_actor(), page_number())
    return render_template("pathways/open_needs.html", page=page)


@pathways.route("/pathways/needs/<id:need_id>", methods=["GET", "POST"])
@guard(Action.SETTLE_NEED)
@commits
def settle_need(need_id: int) -> Any:
    """Say where a need stands."""
    session, actor = request_session(), current_actor()
    found, name = pages.need_to_settle(session, actor, need_id)
    form = SettleForm(
        data={
            "state": found.state,
            "owner_id": found.owner_id,
            "extra_days": found.extra_days,
            "answer": found.answer,
        }
    )
    form.owner_id.options = pages.owner_options(session, found)
    if form.validate_on_submit():
        try:
            service.settle_need(session, actor, need_id, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"Kept. {name} reads your answer.")
            return redirect(url_for("pathways.open_needs"), 303)
    answer = render_template("pathways/settle_need.html", form=form, need=found, name=name)
    return answer, 422 if form.is_submitted() else 200


@pathways.post("/pathways/needs/<id:need_id>/take-back")
@guard(Action.STATE_NEED)
@commits
def take_need_back(need_id: int) -> Any:
    """Need it no longer."""
    session, actor = request_session(), current_actor()
    found = queries.need(session, actor, need_id)
    service.take_need_back(session, actor, need_id, now=clock().now())
    tell("It is taken back; nothing of it is kept.")
    return redirect(url_for("pathways.needs", enrolment_id=found.enrolment_id), 303)
