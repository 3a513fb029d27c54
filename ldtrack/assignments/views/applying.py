"""Applying, answering an offer, withdrawing, and a line manager's word on it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import pages, queries, service
from ldtrack.assignments.domain import PlacementRow, PlacementState
from ldtrack.assignments.forms import ApplyForm, SupportForm, WordForm
from ldtrack.assignments.views import assignments
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import people_named
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@assignments.route("/assignments/openings/<id:posting_id>/apply", methods=["GET", "POST"])
@guard(Action.ASK_FOR_PLACEMENT)
@commits
def apply(posting_id: int) -> Any:
    """Apply for an opening."""
    session, actor = request_session(), current_actor()
    page = pages.opening_page(session, actor, posting_id, clock().today())
    form = ApplyForm()
    if form.validate_on_submit():
        try:
            placement_id = service.apply(
                session, actor, posting_id, motive=form.motive.data, now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse("motive" if broken.field == "motive" else None, broken.message)
        else:
            tell(
                "You have applied.",
                undo_url=url_for("assignments.take_back", placement_id=placement_id),
            )
            return redirect(url_for("assignments.my_assignments"), 303)
    elif not page.may_apply and not form.is_submitted():
        return redirect(url_for("assignments.posting", posting_id=posting_id), 303)
    shown = render_template("assignments/apply.html", page=page, posting=page.posting, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.post("/assignments/placements/<id:placement_id>/take-back")
@guard(Action.ASK_FOR_PLACEMENT)
@commits
def take_back(placement_id: int) -> Any:
    """Withdraw an application that nobody answered yet."""
    service.take_back(request_session(), current_actor(), placement_id, now=clock().now())
    tell("Your application is withdrawn.")
    return redirect(url_for("assignments.my_assignments"), 303)


@assignments.route("/assignments/placements/<id:placement_id>/withdraw", methods=["GET", "POST"])
@guard(Action.ASK_FOR_PLACEMENT)
@commits
def withdraw(placement_id: int) -> Any:
    """Withdraw later than that, with a word."""
    session, actor = request_session(), current_actor()
    row = _own(placement_id)
    if row.state not in (*_MAY_WITHDRAW, PlacementState.ACTIVE, PlacementState.PAUSED):
        raise NotVisible
    form = WordForm()
    if form.validate_on_submit():
        try:
            service.take_back(session, actor, placement_id, word=form.word.data, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("You have withdrawn. Those who answer for it are told.")
            return redirect(url_for("assignments.my_assignments"), 303)
    shown = render_template("assignments/withdraw.html", row=row, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.post("/assignments/placements/<id:placement_id>/accept")
@guard(Action.ASK_FOR_PLACEMENT)
@commits
def accept(placement_id: int) -> Any:
    """Say yes to an offer."""
    service.accept(request_session(), current_actor(), placement_id, now=clock().now())
    tell("You have accepted. Those who answer for it are told.")
    return redirect(url_for("assignments.placement", placement_id=placement_id), 303)


@assignments.route("/assignments/placements/<id:placement_id>/turn-down", methods=["GET", "POST"])
@guard(Action.ASK_FOR_PLACEMENT)
@commits
def turn_down(placement_id: int) -> Any:
    """Say no to an offer, with a word if one likes."""
    session, actor = request_session(), current_actor()
    row = _own(placement_id)
    if row.state is not PlacementState.OFFERED:
        raise NotVisible
    form = WordForm()
    if form.validate_on_submit():
        service.turn_down(session, actor, placement_id, word=form.word.data, now=clock().now())
        tell("You have turned it down. Those who answer for it are told.")
        return redirect(url_for("assignments.my_assignments"), 303)
    shown = render_template("assignments/turn_down.html", row=row, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.route("/assignments/placements/<id:placement_id>/support", methods=["GET", "POST"])
@guard(Action.SUPPORT_PLACEMENT)
@commits
def support(placement_id: int) -> Any:
    """Say as the line manager whether one supports an application."""
    session, actor = request_session(), current_actor()
    task = queries.support_task(session, actor, placement_id)
    form = SupportForm()
    name = people_named(session, [task.person_id])[task.person_id].name
    if form.validate_on_submit():
        try:
            service.support(session, actor, placement_id, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"{name} is told. Those who answer for it read your word.")
            return redirect(url_for("assignments.my_outcomes"), 303)
    shown = render_template("assignments/support.html", task=task, name=name, form=form)
    return shown, 422 if form.is_submitted() else 200


_MAY_WITHDRAW = (PlacementState.LISTED, PlacementState.ACCEPTED)


def _own(placement_id: int) -> PlacementRow:
    actor = current_actor()
    row = queries.placement(request_session(), actor, placement_id)
    if row.person_id != actor.person_id:
        raise NotVisible
    return row
