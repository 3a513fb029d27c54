"""Dated runs of a course."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.courses import queries, service
from ldtrack.courses.forms import OfferingForm
from ldtrack.courses.views import courses
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@courses.route("/courses/<id:course_id>/offerings/new", methods=["GET", "POST"])
@guard(Action.WRITE_COURSE)
@commits
def new_offering(course_id: int) -> Any:
    """Say when and where a course runs."""
    session, actor = request_session(), current_actor()
    course = queries.course(session, actor, course_id)
    form = OfferingForm()
    if form.validate_on_submit():
        try:
            service.add_offering(session, actor, course_id, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The dates are saved.")
            return redirect(url_for("courses.course", course_id=course_id), 303)
    page = render_template("courses/offering.html", form=form, course=course)
    return page, 422 if form.is_submitted() else 200


@courses.post("/courses/<id:course_id>/offerings/<id:offering_id>/remove")
@guard(Action.WRITE_COURSE)
@commits
def remove_offering(course_id: int, offering_id: int) -> Any:
    """Take a dated run back."""
    queries.course(request_session(), current_actor(), course_id)
    service.remove_offering(request_session(), current_actor(), offering_id, now=clock().now())
    tell("The dates are taken back.")
    return redirect(url_for("courses.course", course_id=course_id), 303)
