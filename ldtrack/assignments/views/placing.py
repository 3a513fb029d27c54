"""Applying, answering applications, placing people and ending placements."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import pages, queries, service
from ldtrack.assignments.domain import OPEN, PlacementState
from ldtrack.assignments.forms import ApplyForm, DeclineForm, EndForm, PlaceForm
from ldtrack.assignments.views import assignments
from ldtrack.assignments.views.openings import page_number
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.people.queries import PAGE, directory, people_named, person
from ldtrack.ui.cleaning import clean_line
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
    """Withdraw one's application."""
    service.take_back(request_session(), current_actor(), placement_id)
    tell("Your application is withdrawn.")
    return redirect(url_for("assignments.my_assignments"), 303)


@assignments.post("/assignments/placements/<id:placement_id>/accept")
@guard(Action.WRITE_POSTING)
@commits
def accept(placement_id: int) -> Any:
    """Accept an application."""
    session, actor = request_session(), current_actor()
    row = queries.placement(session, actor, placement_id)
    service.accept(session, actor, placement_id, now=clock().now())
    tell(f"{people_named(session, [row.person_id])[row.person_id].name} is placed, and is told so.")
    return redirect(url_for("assignments.posting", posting_id=row.posting.id), 303)


@assignments.route("/assignments/placements/<id:placement_id>/decline", methods=["GET", "POST"])
@guard(Action.WRITE_POSTING)
@commits
def decline(placement_id: int) -> Any:
    """Decline an application, with a reason."""
    session, actor = request_session(), current_actor()
    row = queries.placement(session, actor, placement_id)
    if row.state is not PlacementState.PROPOSED:
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
            tell("The application is declined, and the person is told so.")
            return redirect(url_for("assignments.postings"), 303)
    name = people_named(session, [row.person_id])[row.person_id].name
    shown = render_template("assignments/decline.html", row=row, name=name, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.get("/assignments/openings/<id:posting_id>/place")
@guard(Action.WRITE_POSTING)
def find_person(posting_id: int) -> Any:
    """Search for the person to place."""
    session, actor = request_session(), current_actor()
    posting = queries.posting(session, actor, posting_id)
    search = clean_line(request.args.get("q", "")[:200])
    rows, total = directory(session, actor, search=search, page=page_number())
    here = {
        row.person_id
        for row in queries.placements_at(session, actor, posting_id)
        if row.state in OPEN
    }
    return render_template(
        "assignments/find_person.html",
        posting=posting,
        search=search,
        rows=rows,
        total=total,
        here=here | posting.answerable,
        page=page_number(),
        pages=max(1, ceil(total / PAGE)),
    )


@assignments.route(
    "/assignments/openings/<id:posting_id>/place/<id:person_id>", methods=["GET", "POST"]
)
@guard(Action.WRITE_POSTING)
@commits
def place(posting_id: int, person_id: int) -> Any:
    """Place one person."""
    session, actor = request_session(), current_actor()
    posting = queries.posting(session, actor, posting_id)
    somebody = person(session, actor, person_id)
    form = PlaceForm(data={"starts_on": posting.starts_on, "ends_on": posting.ends_on})
    if form.validate_on_submit():
        try:
            service.place(session, actor, form.command(posting_id, person_id), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"{somebody.name} is placed, and is told so.")
            return redirect(url_for("assignments.posting", posting_id=posting_id), 303)
    shown = render_template("assignments/place.html", posting=posting, person=somebody, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.route("/assignments/placements/<id:placement_id>/end", methods=["GET", "POST"])
@guard(Action.WRITE_POSTING)
@commits
def end(placement_id: int) -> Any:
    """Say that a placement is over."""
    session, actor = request_session(), current_actor()
    row = queries.placement(session, actor, placement_id)
    if row.state is not PlacementState.ACTIVE:
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
