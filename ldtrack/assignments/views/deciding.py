"""Answering applications, and what becomes of a placement: start, pause, end."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import pages, queries, service
from ldtrack.assignments.domain import UNANSWERED, PlacementState
from ldtrack.assignments.forms import DeclineForm, EndForm, OfferForm, WordForm
from ldtrack.assignments.views import assignments
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.people.queries import people_named
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@assignments.get("/assignments/openings/<id:posting_id>/candidates")
@guard(Action.DECIDE_PLACEMENT)
def candidates(posting_id: int) -> Any:
    """Who applied for an opening, waits for a place, or holds one."""
    page = pages.candidates_page(request_session(), current_actor(), posting_id, clock().today())
    return render_template("assignments/candidates.html", page=page, posting=page.posting)


@assignments.route("/assignments/placements/<id:placement_id>/offer", methods=["GET", "POST"])
@guard(Action.DECIDE_PLACEMENT)
@commits
def offer(placement_id: int) -> Any:
    """Offer a place to somebody who applied."""
    session, actor = request_session(), current_actor()
    row = queries.placement(session, actor, placement_id)
    page = pages.candidates_page(session, actor, row.posting.id, clock().today())
    one = page.waiting(placement_id)
    form = OfferForm()
    if form.validate_on_submit():
        try:
            service.offer(session, actor, placement_id, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"The place is kept for {one.name}, who is told so.")
            return redirect(url_for("assignments.candidates", posting_id=row.posting.id), 303)
    shown = render_template(
        "assignments/offer.html",
        page=page,
        one=one,
        form=form,
        stands_behind=row.person_id in actor.manages,
    )
    return shown, 422 if form.is_submitted() else 200


@assignments.post("/assignments/placements/<id:placement_id>/waiting-list")
@guard(Action.DECIDE_PLACEMENT)
@commits
def put_on_list(placement_id: int) -> Any:
    """Put an application on the waiting list."""
    session, actor = request_session(), current_actor()
    row = queries.placement(session, actor, placement_id)
    service.put_on_list(session, actor, placement_id, now=clock().now())
    tell("The application is on the waiting list, and the person is told so.")
    return redirect(url_for("assignments.candidates", posting_id=row.posting.id), 303)


@assignments.route("/assignments/placements/<id:placement_id>/decline", methods=["GET", "POST"])
@guard(Action.DECIDE_PLACEMENT)
@commits
def decline(placement_id: int) -> Any:
    """Decline an application, with a reason."""
    session, actor = request_session(), current_actor()
    row = queries.placement(session, actor, placement_id)
    if row.state not in (*UNANSWERED, PlacementState.OFFERED):
        raise Conflict
    form = DeclineForm()
    if form.validate_on_submit():
        try:
            service.decline(
                session, actor, placement_id, reason=form.reason.data, now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("That is declined, and the person is told so.")
            return redirect(url_for("assignments.candidates", posting_id=row.posting.id), 303)
    name = people_named(session, [row.person_id])[row.person_id].name
    shown = render_template("assignments/decline.html", row=row, name=name, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.post("/assignments/placements/<id:placement_id>/start")
@guard(Action.DECIDE_PLACEMENT)
@commits
def start(placement_id: int) -> Any:
    """Say that it has begun."""
    service.start(request_session(), current_actor(), placement_id, now=clock().now())
    tell("It has begun.")
    return redirect(url_for("assignments.placement", placement_id=placement_id), 303)


@assignments.route("/assignments/placements/<id:placement_id>/pause", methods=["GET", "POST"])
@guard(Action.DECIDE_PLACEMENT)
@commits
def pause(placement_id: int) -> Any:
    """Let it rest for a while."""
    session, actor = request_session(), current_actor()
    row = queries.placement(session, actor, placement_id)
    if row.state is not PlacementState.ACTIVE:
        raise NotVisible
    form = WordForm()
    if form.validate_on_submit():
        try:
            service.pause(session, actor, placement_id, word=form.word.data, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("It rests. The person is told.")
            return redirect(url_for("assignments.placement", placement_id=placement_id), 303)
    name = people_named(session, [row.person_id])[row.person_id].name
    shown = render_template("assignments/pause.html", row=row, name=name, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.post("/assignments/placements/<id:placement_id>/resume")
@guard(Action.DECIDE_PLACEMENT)
@commits
def resume(placement_id: int) -> Any:
    """Let it go on."""
    service.resume(request_session(), current_actor(), placement_id, now=clock().now())
    tell("It goes on.")
    return redirect(url_for("assignments.placement", placement_id=placement_id), 303)


@assignments.route("/assignments/placements/<id:placement_id>/end", methods=["GET", "POST"])
@guard(Action.DECIDE_PLACEMENT)
@commits
def end(placement_id: int) -> Any:
    """Say that a placement is over."""
    session, actor = request_session(), current_actor()
    row = queries.placement(session, actor, placement_id)
    if not row.state.is_running:
        raise NotVisible
    today = clock().today()
    form = EndForm(data={"ended_on": min(row.ends_on or today, today)})
    if form.validate_on_submit():
        try:
            service.end_placement(session, actor, placement_id, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The placement is ended. Everybody who took part is asked to look back.")
            return redirect(url_for("assignments.placement", placement_id=placement_id), 303)
    name = people_named(session, [row.person_id])[row.person_id].name
    shown = render_template("assignments/end.html", row=row, name=name, form=form)
    return shown, 422 if form.is_submitted() else 200
