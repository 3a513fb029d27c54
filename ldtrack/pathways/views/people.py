"""Putting people on a version, seeing how far they are, and taking them off."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import decode
from ldtrack.core.order import order_from
from ldtrack.pathways import pages, queries, service
from ldtrack.pathways.forms import EndForm, EnrolForm
from ldtrack.pathways.queries.enrolments import BY_COHORT, ENROLMENT_ORDERS
from ldtrack.pathways.views import pathways
from ldtrack.people.queries import PAGE, directory, person
from ldtrack.ui.dates import count_of
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@pathways.get("/pathways/<id:version_id>/people")
@guard(Action.WRITE_ENROLMENT)
def people(version_id: int) -> Any:
    """Who is on a version, and how far."""
    page = pages.people_page(
        request_session(),
        current_actor(),
        version_id,
        clock().today(),
        page=page_number(),
        search=searched(),
        cohort_id=_cohort_asked(),
        order=order_from(request.args.get("sort", ""), ENROLMENT_ORDERS, BY_COHORT),
    )
    return render_template("pathways/people.html", page=page, plan=page.plan)


@pathways.get("/pathways/<id:version_id>/enrol")
@guard(Action.WRITE_ENROLMENT)
def find_person(version_id: int) -> Any:
    """Search for the person to enrol."""
    session, actor = request_session(), current_actor()
    plan = queries.pathway(session, actor, version_id)
    search = searched()
    rows, total = directory(session, actor, search=search, page=page_number())
    here = {
        row.person_id
        for row in queries.enrolments_of(session, actor, [each.id for each in rows])
        if row.pathway_id == plan.pathway_id and row.ended_on is None
    }
    return render_template(
        "pathways/find_person.html",
        plan=plan,
        search=search,
        rows=rows,
        total=total,
        here=here,
        page=page_number(),
        pages=max(1, ceil(total / PAGE)),
    )


@pathways.route("/pathways/<id:version_id>/enrol/<id:person_id>", methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def enrol(version_id: int, person_id: int) -> Any:
    """Put one person on a version."""
    session, actor, now = request_session(), current_actor(), clock().now()
    plan = queries.pathway(session, actor, version_id)
    somebody = person(session, actor, person_id)
    form = EnrolForm(data={"enrolled_on": now.date()})
    form.role_profile_id.options = pages.role_profile_options(session, plan)
    if form.validate_on_submit() and not form.is_doubted(
        "cohort", queries.cohort_meant(session, form.cohort.data)
    ):
        try:
            enrolment_id = service.enrol(
                session, actor, form.command(version_id, person_id), now=now
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            undo = url_for("pathways.take_enrolment_back", enrolment_id=enrolment_id)
            tell(f"{somebody.name} is enrolled.", undo_url=undo)
            return redirect(url_for("pathways.enrolment", enrolment_id=enrolment_id), 303)
    page = render_template(
        "pathways/enrol.html",
        form=form,
        plan=plan,
        person=somebody,
        cohorts=queries.cohorts(session),
    )
    return page, 422 if form.is_submitted() else 200


@pathways.get("/pathways/enrolments/<id:enrolment_id>")
@guard(Action.READ_ENROLMENT)
def enrolment(enrolment_id: int) -> Any:
    """One person's way along a pathway."""
    page = pages.enrolment_page(request_session(), current_actor(), enrolment_id, clock().today())
    return render_template("pathways/enrolment.html", page=page, progress=page.progress)


@pathways.post("/pathways/enrolments/<id:enrolment_id>/milestones")
@guard(Action.WRITE_ENROLMENT)
@commits
def plan_milestones(enrolment_id: int) -> Any:
    """Put milestones that coaching does not hold yet into it."""
    n_new = service.plan_milestones(
        request_session(), current_actor(), enrolment_id, clock().today()
    )
    if n_new:
        tell(f"{count_of(n_new, 'milestone')} went into their coaching.")
    else:
        tell("Nothing was new for their coaching.", kind="note")
    return redirect(url_for("pathways.enrolment", enrolment_id=enrolment_id), 303)


@pathways.route("/pathways/enrolments/<id:enrolment_id>/end", methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def end(enrolment_id: int) -> Any:
    """Say that somebody arrived, or left."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = pages.enrolment_page(session, actor, enrolment_id, now.date())
    # Who was to begin later never began.
    form = EndForm(data={"ended_on": max(now.date(), page.progress.enrolment.enrolled_on)})
    if form.validate_on_submit():
        try:
            service.end_enrolment(session, actor, enrolment_id, form.command(), now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"{page.name}’s enrolment has ended.")
            return redirect(url_for("pathways.enrolment", enrolment_id=enrolment_id), 303)
    answer = render_template("pathways/end.html", form=form, page=page, progress=page.progress)
    return answer, 422 if form.is_submitted() else 200


def _cohort_asked() -> int | None:
    """The cohort that the address asks for; nobody's is that of a wrong one."""
    typed = request.args.get("cohort", "")
    try:
        return decode(typed) if typed else None
    except ValueError:
        return 0
