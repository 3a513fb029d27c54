"""Places in dated runs: taking one, giving it back, who was there."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, NotAllowed, RuleBroken
from ldtrack.courses import pages, queries, service
from ldtrack.courses.domain import BookingState
from ldtrack.courses.domain.calendar import entry_of
from ldtrack.courses.forms import BookForm, attendance_form
from ldtrack.courses.views import courses
from ldtrack.people.queries import people_named, somebody_known_as
from ldtrack.ui.messages import tell
from ldtrack.ui.request import base_url, clock, commits, request_session

_SAID = {
    BookingState.BOOKED: "You have a place.",
    BookingState.WAITING: "Every place is taken; you are on the waiting list.",
}


@courses.post("/courses/offerings/<id:offering_id>/book")
@guard(Action.BOOK_OFFERING)
@commits
def book(offering_id: int) -> Any:
    """Take a place oneself, or a turn on the waiting list."""
    session, actor = request_session(), current_actor()
    queries.offering(session, offering_id)
    if actor.person_id is None:
        raise NotAllowed("This sign-in belongs to nobody who could come.")
    try:
        state = service.book(
            session, actor, offering_id, actor.person_id, now=clock().now(), base_url=base_url()
        )
    except RuleBroken as broken:
        raise Conflict(broken.message) from broken
    tell(_SAID[state])
    return redirect(url_for("courses.offering", offering_id=offering_id), 303)


@courses.route("/courses/offerings/<id:offering_id>/bookings/new", methods=["GET", "POST"])
@guard(Action.WRITE_COURSE)
@commits
def book_for(offering_id: int) -> Any:
    """Book a place for somebody; they get a mail."""
    session, actor = request_session(), current_actor()
    run = queries.offering(session, offering_id)
    form = BookForm()
    if form.validate_on_submit():
        try:
            person_id = somebody_known_as(session, form.who.data, "who")
            state = service.book(
                session, actor, offering_id, person_id, now=clock().now(), base_url=base_url()
            )
        except RuleBroken as broken:
            form.refuse("who", broken.message)
        else:
            name = people_named(session, [person_id])[person_id].name
            where = "has a place" if state is BookingState.BOOKED else "is on the waiting list"
            tell(f"{name} {where}.")
            return redirect(url_for("courses.offering", offering_id=offering_id), 303)
    page = render_template("courses/book_for.html", form=form, run=run)
    return page, 422 if form.is_submitted() else 200


@courses.post("/courses/bookings/<id:booking_id>/withdraw")
@guard(Action.BOOK_OFFERING)
@commits
def withdraw(booking_id: int) -> Any:
    """Give a place or a turn back."""
    session, actor = request_session(), current_actor()
    row = queries.booking(session, actor, booking_id)
    service.withdraw(session, actor, booking_id, now=clock().now(), base_url=base_url())
    tell("The place is given back." if row.state is BookingState.BOOKED else "Off the list.")
    return redirect(url_for("courses.offering", offering_id=row.offering_id), 303)


@courses.get("/courses/bookings/<id:booking_id>/calendar.ics")
@guard(Action.BOOK_OFFERING)
def calendar(booking_id: int) -> Any:
    """The booking as an entry for a calendar."""
    session = request_session()
    row = queries.booking(session, current_actor(), booking_id)
    run = queries.offering(session, row.offering_id)
    link = f"{base_url()}{url_for('courses.offering', offering_id=run.id)}"
    host = base_url().split("//")[-1]
    answer = Response(
        entry_of(row, run, link=link, host=host, now=clock().now()),
        content_type="text/calendar; charset=utf-8",
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="course.ics"'
    return answer


@courses.route("/courses/offerings/<id:offering_id>/attendance", methods=["GET", "POST"])
@guard(Action.RECORD_COMPLETION)
@commits
def attendance(offering_id: int) -> Any:
    """Say of the whole list who was there."""
    session, actor = request_session(), current_actor()
    page = pages.offering_page(session, actor, offering_id, clock().today())
    form = attendance_form(
        {one.booking.id: (one.name, one.booking.attendance) for one in page.booked}
    )
    if form.validate_on_submit():
        try:
            n_completed = service.record_attendance(
                session,
                actor,
                offering_id,
                form.command(),
                complete=form.complete.data,
                now=clock().now(),
            )
        except RuleBroken as broken:
            form.refuse(None, broken.message)
        else:
            more = f" Completions recorded: {n_completed}." if form.complete.data else ""
            tell(f"The attendance is saved.{more}")
            return redirect(url_for("courses.offering", offering_id=offering_id), 303)
    shown = render_template("courses/attendance.html", form=form, page=page, run=page.run)
    return shown, 422 if form.is_submitted() else 200
