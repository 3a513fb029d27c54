"""Reading and keeping the catalogue."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies.queries import competencies_on_offer
from ldtrack.core.errors import RuleBroken
from ldtrack.core.order import order_from
from ldtrack.courses import pages, queries, service
from ldtrack.courses.domain import CourseRow
from ldtrack.courses.forms import CourseForm, course_form
from ldtrack.courses.views import courses
from ldtrack.people.queries import known_as, people_named
from ldtrack.ui.fields import Option
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@courses.get("/courses")
@guard(Action.READ_COURSE)
def catalogue() -> Any:
    """The courses on offer, or those put away."""
    page = pages.catalogue_page(
        request_session(),
        current_actor(),
        queries.wanted_from(request.args),
        page=page_number(),
        today=clock().today(),
    )
    return render_template("courses/catalogue.html", page=page)


@courses.get("/courses/<id:course_id>")
@guard(Action.READ_COURSE)
def course(course_id: int) -> Any:
    """One course."""
    page = pages.course_page(
        request_session(),
        current_actor(),
        course_id,
        page=page_number(),
        today=clock().today(),
        search=searched(),
        order=order_from(
            request.args.get("sort", ""), queries.COMPLETION_ORDERS, queries.LATEST_FIRST
        ),
    )
    return render_template("courses/course.html", page=page, course=page.course)


@courses.get("/courses/mine")
@guard(Action.READ_COMPLETION)
def mine() -> Any:
    """What one booked and completed oneself."""
    page = pages.my_courses(request_session(), current_actor(), clock().today())
    return render_template("courses/mine.html", page=page)


@courses.route("/courses/new", methods=["GET", "POST"])
@guard(Action.WRITE_COURSE)
@commits
def new_course() -> Any:
    """Put a course into the catalogue."""
    return _write(None)


@courses.route("/courses/<id:course_id>/change", methods=["GET", "POST"])
@guard(Action.WRITE_COURSE)
@commits
def change_course(course_id: int) -> Any:
    """Change a course."""
    return _write(queries.course(request_session(), current_actor(), course_id))


@courses.post("/courses/<id:course_id>/archive")
@guard(Action.WRITE_COURSE)
@commits
def archive(course_id: int) -> Any:
    """Take a course out of the catalogue."""
    service.archive_course(request_session(), current_actor(), course_id, now=clock().now())
    tell(
        "The course is archived; its completions stay.",
        undo_url=url_for("courses.restore", course_id=course_id),
    )
    return redirect(url_for("courses.catalogue"), 303)


@courses.post("/courses/<id:course_id>/restore")
@guard(Action.WRITE_COURSE)
@commits
def restore(course_id: int) -> Any:
    """Put an archived course back."""
    service.restore_course(request_session(), current_actor(), course_id, now=clock().now())
    tell("The course is on offer again.")
    return redirect(url_for("courses.course", course_id=course_id), 303)


def _write(before: CourseRow | None) -> Any:
    session = request_session()
    form = course_form(before, _address_of(before))
    kept = {one.competency_id for one in before.develops} if before else set()
    form.offer(
        [
            Option(id=row.id, label=row.name, group=group)
            for row, group in competencies_on_offer(session, kept)
        ]
    )
    if form.validate_on_submit():
        try:
            course_id = _store(form, before)
        except RuleBroken as broken:
            field = {"owner_id": "owner", "develops": None}.get(broken.field, broken.field)
            form.refuse(field, broken.message)
        else:
            tell("The course is saved.")
            return redirect(url_for("courses.course", course_id=course_id), 303)
    page = render_template("courses/write.html", form=form, course=before)
    return page, 422 if form.is_submitted() else 200


def _store(form: CourseForm, before: CourseRow | None) -> int:
    session, actor, now = request_session(), current_actor(), clock().now()
    owner_id = known_as(session, form.owner.data) if form.owner.data else None
    if form.owner.data and owner_id is None:
        raise RuleBroken("owner_id", "There is nobody with this mail address or external id.")
    command = form.command(owner_id)
    if before is None:
        return service.add_course(session, actor, command, now=now)
    service.change_course(session, actor, before.id, command, now=now)
    return before.id


def _address_of(course: CourseRow | None) -> str:
    if course is None or course.owner_id is None:
        return ""
    return people_named(request_session(), [course.owner_id])[course.owner_id].email
