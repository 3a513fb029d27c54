"""A milestone that is proposed: reading it, agreeing, sending it back changed, declining."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, service
from ldtrack.coaching.forms import DeclineForm, MilestoneForm
from ldtrack.coaching.views import coaching
from ldtrack.coaching.views.milestones import page_of, with_levels
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import base_url, clock, commits, request_session


@coaching.get("/coaching/milestones/<id:milestone_id>")
@guard(Action.AGREE_MILESTONE)
def proposal(milestone_id: int) -> Any:
    """What is proposed, by whom, and what evidence it would leave."""
    page = pages.proposal_page(request_session(), current_actor(), milestone_id)
    return render_template(
        "coaching/proposal.html", page=page, back_url=page_of(page.line.milestone.person_id)
    )


@coaching.post("/coaching/milestones/<id:milestone_id>/agree")
@guard(Action.AGREE_MILESTONE)
@commits
def agree_to_milestone(milestone_id: int) -> Any:
    """Agree to it as it stood on the page."""
    person_id = service.agree_to_milestone(
        request_session(),
        current_actor(),
        milestone_id,
        request.args.get("turn", default=0, type=int),
        now=clock().now(),
        base_url=base_url(),
    )
    tell("It is agreed, and counts from now on.")
    return redirect(page_of(person_id), 303)


@coaching.route("/coaching/milestones/<id:milestone_id>/change", methods=["GET", "POST"])
@guard(Action.AGREE_MILESTONE)
@commits
def change_milestone(milestone_id: int) -> Any:
    """Propose it otherwise; from then on it waits for the other one."""
    page = pages.change_page(request_session(), current_actor(), milestone_id, clock().today())
    row = page.milestone
    begun = {"title": row.title, "level": str(row.level), "due_on": row.due_on} if row else {}
    form = with_levels(MilestoneForm(data=begun), page)
    if form.validate_on_submit():
        try:
            person_id = service.change_milestone(
                request_session(),
                current_actor(),
                milestone_id,
                form.change(),
                now=clock().now(),
                base_url=base_url(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"It is proposed to {page.other}. It counts once they agree.")
            return redirect(page_of(person_id), 303)
    shown = render_template("coaching/propose_milestone.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@coaching.route("/coaching/milestones/<id:milestone_id>/decline", methods=["GET", "POST"])
@guard(Action.AGREE_MILESTONE)
@commits
def decline_milestone(milestone_id: int) -> Any:
    """Say no, with a word."""
    page = pages.proposal_page(request_session(), current_actor(), milestone_id)
    if not page.waits:
        raise Conflict("There is nothing here that waits for your answer.")
    form = DeclineForm()
    if form.validate_on_submit():
        try:
            person_id = service.decline_milestone(
                request_session(),
                current_actor(),
                milestone_id,
                form.word.data,
                now=clock().now(),
                base_url=base_url(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"It is declined. {page.other} reads why.", kind="note")
            return redirect(page_of(person_id), 303)
    shown = render_template("coaching/decline_milestone.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200
