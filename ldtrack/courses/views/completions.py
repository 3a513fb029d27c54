"""Recording that somebody completed a course, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.courses import queries, service
from ldtrack.courses.domain import RecordCompletion
from ldtrack.courses.forms import CompletionForm
from ldtrack.courses.views import courses
from ldtrack.people.queries import known_as
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@courses.route("/courses/<id:course_id>/completions/new", methods=["GET", "POST"])
@guard(Action.RECORD_COMPLETION)
@commits
def new_completion(course_id: int) -> Any:
    """Record a completion by hand."""
    course = queries.course(request_session(), current_actor(), course_id)
    form = CompletionForm(data={"completed_on": clock().today()})
    if form.validate_on_submit():
        try:
            completion_id, is_new = _record(form, course_id)
        except RuleBroken as broken:
            form.refuse("who" if broken.field == "person_id" else broken.field, broken.message)
        else:
            undo = url_for(
                "courses.withdraw_completion", course_id=course_id, completion_id=completion_id
            )
            if is_new:
                tell("The completion is recorded.", undo_url=undo)
            else:
                tell("There was a completion of that day already; it now says this.")
            return redirect(url_for("courses.course", course_id=course_id), 303)
    page = render_template("courses/completion.html", form=form, course=course)
    return page, 422 if form.is_submitted() else 200


@courses.post("/courses/<id:course_id>/completions/<id:completion_id>/withdraw")
@guard(Action.RECORD_COMPLETION)
@commits
def withdraw_completion(course_id: int, completion_id: int) -> Any:
    """Take back a completion that was recorded by mistake."""
    queries.course(request_session(), current_actor(), course_id)
    service.withdraw_completion(
        request_session(), current_actor(), completion_id, now=clock().now()
    )
    tell("The completion is taken back, and with it what it said about levels.")
    return redirect(url_for("courses.course", course_id=course_id), 303)


def _record(form: CompletionForm, course_id: int) -> tuple[int, bool]:
    session, typed = request_session(), form.command()
    person_id = known_as(session, typed.who)
    if person_id is None:
        raise RuleBroken("who", "There is nobody with this mail address or external id.")
    command = RecordCompletion(
        course_id=course_id,
        person_id=person_id,
        completed_on=typed.completed_on,
        score=typed.score,
        score_max=typed.score_max,
        passed=typed.passed,
    )
    return service.record_completion(session, current_actor(), command, now=clock().now())
