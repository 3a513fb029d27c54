"""Dated runs: reading one, and what HR does with them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.courses import pages, queries, service
from ldtrack.courses.forms import CancelForm, offering_form
from ldtrack.courses.views import courses
from ldtrack.ui.messages import tell
from ldtrack.ui.request import base_url, clock, commits, request_session


@courses.get("/courses/offerings/<id:offering_id>")
@guard(Action.READ_COURSE)
def offering(offering_id: int) -> Any:
    """One dated run, with one's own place or the whole list."""
    page = pages.offering_page(request_session(), current_actor(), offering_id, clock().today())
    return render_template("courses/run.html", page=page, run=page.run)


@courses.route("/courses/<id:course_id>/offerings/new", methods=["GET", "POST"])
@guard(Action.WRITE_COURSE)
@commits
def new_offering(course_id: int) -> Any:
    """Say when and where a course runs."""
    session, actor = request_session(), current_actor()
    course = queries.course(session, actor, course_id)
    form = offering_form(None)
    if form.validate_on_submit():
        try:
            service.add_offering(session, actor, course_id, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The dates are saved.")
            return redirect(url_for("courses.course", course_id=course_id), 303)
    page = render_template(
        "courses/offering.html", form=form, course_id=course_id, title=course.title, run=None
    )
    return page, 422 if form.is_submitted() else 200


@courses.route("/courses/offerings/<id:offering_id>/change", methods=["GET", "POST"])
@guard(Action.WRITE_COURSE)
@commits
def change_offering(offering_id: int) -> Any:
    """Change days, place or places; those on the list are told."""
    session, actor = request_session(), current_actor()
    run = queries.offering(session, offering_id)
    form = offering_form(run)
    if form.validate_on_submit():
        try:
            service.change_offering(
                session, actor, offering_id, form.command(), now=clock().now(), base_url=base_url()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The dates are changed.")
            return redirect(url_for("courses.offering", offering_id=offering_id), 303)
    page = render_template(
        "courses/offering.html", form=form, course_id=run.course_id, title=run.title, run=run
    )
    return page, 422 if form.is_submitted() else 200


@courses.route("/courses/offerings/<id:offering_id>/cancel", methods=["GET", "POST"])
@guard(Action.WRITE_COURSE)
@commits
def cancel_offering(offering_id: int) -> Any:
    """Call a run off, with the reason for those who wanted to come."""
    session, actor = request_session(), current_actor()
    run = queries.offering(session, offering_id)
    form = CancelForm()
    if form.validate_on_submit():
        service.cancel_offering(
            session, actor, offering_id, form.reason.data, now=clock().now(), base_url=base_url()
        )
        tell("It is cancelled, and everybody on the list gets a mail.")
        return redirect(url_for("courses.offering", offering_id=offering_id), 303)
    page = render_template("courses/cancel.html", form=form, run=run)
    return page, 422 if form.is_submitted() else 200


@courses.post("/courses/offerings/<id:offering_id>/remove")
@guard(Action.WRITE_COURSE)
@commits
def remove_offering(offering_id: int) -> Any:
    """Take back a dated run that nobody booked."""
    run = queries.offering(request_session(), offering_id)
    service.remove_offering(request_session(), current_actor(), offering_id, now=clock().now())
    tell("The dates are taken back.")
    return redirect(url_for("courses.course", course_id=run.course_id), 303)
