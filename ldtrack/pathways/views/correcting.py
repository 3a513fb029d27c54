"""Putting an enrolment right, taking it back, and opening it again."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways import pages, queries, service
from ldtrack.pathways.forms import ChangeEnrolmentForm
from ldtrack.pathways.views import pathways
from ldtrack.people.queries import people_named
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_AT = "/pathways/enrolments/<id:enrolment_id>"


@pathways.route(f"{_AT}/change", methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def change_enrolment(enrolment_id: int) -> Any:
    """Put first day, cohort and role right; one can look at the due days before."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = pages.correcting_page(session, actor, enrolment_id)
    row = page.row
    form = ChangeEnrolmentForm(
        data={
            "enrolled_on": row.enrolled_on,
            "cohort": row.cohort,
            "role_profile_id": row.role_profile_id,
        }
    )
    form.role_profile_id.options = page.role_profiles
    looked, code = None, 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        if request.form.get("then") == "look":
            day = form.enrolled_on.data
            looked, code = queries.redated_if(session, row, day, now.date()), 200
        elif not form.is_doubted("cohort", queries.cohort_meant(session, form.cohort.data)):
            try:
                service.change_enrolment(session, actor, enrolment_id, form.command(), now=now)
            except RuleBroken as broken:
                form.refuse(broken.field, broken.message)
            else:
                tell(f"{page.name}’s enrolment is changed.")
                return redirect(url_for("pathways.enrolment", enrolment_id=enrolment_id), 303)
    answer = render_template(
        "pathways/change_enrolment.html", page=page, row=row, form=form, looked=looked
    )
    return answer, code


@pathways.post(f"{_AT}/take-back")
@guard(Action.WRITE_ENROLMENT)
@commits
def take_enrolment_back(enrolment_id: int) -> Any:
    """Remove an enrolment on which nothing hangs."""
    session, actor = request_session(), current_actor()
    row = queries.enrolment(session, actor, enrolment_id)
    name = people_named(session, [row.person_id])[row.person_id].name
    service.take_enrolment_back(session, actor, enrolment_id, now=clock().now())
    tell(f"The enrolment is gone: {name} is not on {row.title}.")
    return redirect(url_for("pathways.version", version_id=row.version_id), 303)


@pathways.post(f"{_AT}/reopen")
@guard(Action.WRITE_ENROLMENT)
@commits
def reopen_enrolment(enrolment_id: int) -> Any:
    """Let somebody go on whose enrolment was ended."""
    service.reopen_enrolment(request_session(), current_actor(), enrolment_id, now=clock().now())
    tell("The enrolment is open again.")
    return redirect(url_for("pathways.enrolment", enrolment_id=enrolment_id), 303)
