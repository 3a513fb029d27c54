"""Cohorts: which there are, what they are called, who travels with whom."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.pathways import queries, service
from ldtrack.pathways.forms.people import CohortNameForm, MergeCohortForm, MoveToCohortForm
from ldtrack.pathways.pages.cohorts import cohort_page, merge_options
from ldtrack.pathways.queries.cohorts import COHORTS_PAGE
from ldtrack.pathways.views import pathways
from ldtrack.ui.dates import count_of
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_AT = "/pathways/cohorts/<id:cohort_id>"


@pathways.get("/pathways/cohorts")
@guard(Action.WRITE_ENROLMENT)
def cohorts() -> Any:
    """Every cohort, on which pathways it travels, and how many are late."""
    search, page = searched(), page_number()
    rows, total = queries.cohort_lines(
        request_session(), current_actor(), clock().today(), search=search, page=page
    )
    return render_template(
        "pathways/cohorts.html",
        rows=rows,
        total=total,
        search=search,
        page=page,
        pages=max(1, ceil(total / COHORTS_PAGE)),
    )


@pathways.route(_AT, methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def cohort(cohort_id: int) -> Any:
    """Who travels together; sent, those who are chosen travel with another cohort."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = cohort_page(session, actor, cohort_id, page=page_number())
    form = MoveToCohortForm()
    form.people.options = page.options
    if form.validate_on_submit() and not form.is_doubted(
        "cohort", queries.cohort_meant(session, form.cohort.data)
    ):
        name = form.cohort.data
        try:
            n = service.move_to_cohort(session, actor, cohort_id, form.people.data, name, now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        except Conflict as changed:
            form.refuse(None, changed.message)
        else:
            tell(f"{count_of(n, 'person travels', 'people travel')} with {name} now.")
            return redirect(url_for("pathways.cohort", cohort_id=cohort_id), 303)
    answer = render_template("pathways/cohort.html", page=page, cohort=page.cohort, form=form)
    return answer, 422 if form.is_submitted() else 200


@pathways.route(f"{_AT}/name", methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def rename_cohort(cohort_id: int) -> Any:
    """Call a cohort something else."""
    session, actor, now = request_session(), current_actor(), clock().now()
    row = queries.cohort(session, actor, cohort_id)
    form = CohortNameForm(data={"name": row.name})
    if form.validate_on_submit() and not form.is_doubted(
        "name", queries.cohort_meant(session, form.name.data, but=row.name)
    ):
        try:
            service.rename_cohort(session, actor, cohort_id, form.name.data, now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"The cohort is called {form.name.data} now.")
            return redirect(url_for("pathways.cohort", cohort_id=cohort_id), 303)
    page = render_template("pathways/cohort_name.html", form=form, cohort=row)
    return page, 422 if form.is_submitted() else 200


@pathways.route(f"{_AT}/merge", methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def merge_cohort(cohort_id: int) -> Any:
    """Let a cohort become a part of another."""
    session, actor, now = request_session(), current_actor(), clock().now()
    row = queries.cohort(session, actor, cohort_id)
    form = MergeCohortForm()
    form.into_id.options = merge_options(session, row)
    if form.validate_on_submit():
        into_id = form.into_id.data
        n = service.merge_cohorts(session, actor, cohort_id, into_id, now=now)
        travel = count_of(n, "person of it travels", "people of it travel")
        tell(f"{row.name} is gone; {travel} with this one.")
        return redirect(url_for("pathways.cohort", cohort_id=into_id), 303)
    page = render_template(
        "pathways/cohort_merge.html", form=form, cohort=row, ties=queries.ties_of(session, row)
    )
    return page, 422 if form.is_submitted() else 200


@pathways.post(f"{_AT}/remove")
@guard(Action.WRITE_ENROLMENT)
@commits
def remove_cohort(cohort_id: int) -> Any:
    """Remove a cohort that nobody is in."""
    session, actor = request_session(), current_actor()
    row = queries.cohort(session, actor, cohort_id)
    service.remove_cohort(session, actor, cohort_id, now=clock().now())
    tell(f"The cohort {row.name} is gone.")
    return redirect(url_for("pathways.cohorts"), 303)
