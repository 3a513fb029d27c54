"""What files and other systems said and nobody understood yet: HR says what and whom it means."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.core.order import order_from
from ldtrack.courses import pages, service
from ldtrack.courses.domain import AddCourse, CourseFormat
from ldtrack.courses.forms import ActivityForm, LearnerForm, Meaning
from ldtrack.courses.queries import courses_on_offer
from ldtrack.courses.queries.statements import MOST_FIRST, PARKED_ORDERS, named_in
from ldtrack.courses.service import statements
from ldtrack.courses.views import courses
from ldtrack.people.queries import somebody_known_as
from ldtrack.ui.dates import count_of
from ldtrack.ui.fields import Option
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@courses.get("/courses/parked")
@guard(Action.RECORD_COMPLETION)
def parked() -> Any:
    """Activities that nobody said yet which course they are."""
    page = _page(people=False)
    return render_template("courses/parked.html", page=page, people=False)


@courses.get("/courses/parked/people")
@guard(Action.RECORD_COMPLETION)
def parked_people() -> Any:
    """Learners whom nobody here is known as."""
    page = _page(people=True)
    return render_template("courses/parked.html", page=page, people=True)


@courses.post("/courses/parked/again")
@guard(Action.RECORD_COMPLETION)
@commits
def look_again() -> Any:
    """See whether what waits is known by now."""
    n = statements.look_again(request_session(), current_actor(), now=clock().now())
    tell(f"{count_of(n, 'record')} could be placed.")
    return redirect(url_for("courses.parked"), 303)


@courses.route("/courses/parked/<id:statement_id>/course", methods=["GET", "POST"])
@guard(Action.RECORD_COMPLETION)
@commits
def match_activity(statement_id: int) -> Any:
    """Say which course an activity is, once for all that follows."""
    session, actor = request_session(), current_actor()
    activity, _ = named_in(session, actor, statement_id)
    form = ActivityForm(data={"meaning": Meaning.COURSE, "title": activity.name or activity.shown})
    form.offer(
        [Option(id=row.id, label=f"{row.title} ({row.code})") for row in courses_on_offer(session)]
    )
    if form.validate_on_submit():
        try:
            course_id = _course(form)
            n = statements.match_activity(
                session, actor, activity.activity_id, course_id, now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(_done(n, aside=course_id is None))
            return redirect(url_for("courses.parked"), 303)
    page = render_template("courses/match_activity.html", form=form, activity=activity)
    return page, 422 if form.is_submitted() else 200


@courses.route("/courses/parked/<id:statement_id>/person", methods=["GET", "POST"])
@guard(Action.RECORD_COMPLETION)
@commits
def match_learner(statement_id: int) -> Any:
    """Say who a learner is, likewise."""
    session, actor = request_session(), current_actor()
    _, learner = named_in(session, actor, statement_id)
    form = LearnerForm()
    if form.validate_on_submit():
        try:
            typed = form.who.data
            person_id = somebody_known_as(session, typed, "who") if typed else None
            n = statements.match_learner(
                session, actor, learner.actor_key, person_id, now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(_done(n, aside=person_id is None))
            return redirect(url_for("courses.parked_people"), 303)
    page = render_template("courses/match_learner.html", form=form, learner=learner)
    return page, 422 if form.is_submitted() else 200


@courses.post("/courses/parked/courses/<id:activity_match_id>/forget")
@guard(Action.RECORD_COMPLETION)
@commits
def forget_activity(activity_match_id: int) -> Any:
    """Take back which course an activity is."""
    session, actor = request_session(), current_actor()
    statements.forget_activity(session, actor, activity_match_id, now=clock().now())
    tell("That is taken back; what was said about it waits again.")
    return redirect(url_for("courses.parked"), 303)


@courses.post("/courses/parked/people/<id:learner_match_id>/forget")
@guard(Action.RECORD_COMPLETION)
@commits
def forget_learner(learner_match_id: int) -> Any:
    """Take back who a learner is."""
    session, actor = request_session(), current_actor()
    statements.forget_learner(session, actor, learner_match_id, now=clock().now())
    tell("That is taken back; what was said about them waits again.")
    return redirect(url_for("courses.parked_people"), 303)


def _page(*, people: bool) -> pages.ParkedPage:
    return pages.parked_page(
        request_session(),
        current_actor(),
        people=people,
        page=page_number(),
        search=searched(),
        order=order_from(request.args.get("sort", ""), PARKED_ORDERS, MOST_FIRST),
    )


def _course(form: ActivityForm) -> int | None:
    meant = form.command()
    if meant.meaning is Meaning.COURSE:
        return meant.course_id
    if meant.meaning is Meaning.NOTHING:
        return None
    command = AddCourse(code=meant.code, title=meant.title, format=CourseFormat.E_LEARNING)
    return service.add_course(request_session(), current_actor(), command, now=clock().now())


def _done(n: int, *, aside: bool) -> str:
    end = "set aside" if aside else "matched"
    return f"{count_of(n, 'record')} {end}; the same holds for those that come later."
