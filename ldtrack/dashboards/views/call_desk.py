"""HR's side of invitations: write them, see who is interested, enrol them or decline."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.dashboards.forms import CallForm, DeclineForm, EnrolInterestedForm
from ldtrack.dashboards.pages.call_desk import calls_page, interest_page
from ldtrack.dashboards.views import dashboards
from ldtrack.pathways import queries, service
from ldtrack.ui.dates import count_of
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_AT = "/pathways/invitations/<id:call_id>"


@dashboards.get("/pathways/<id:version_id>/invitations")
@guard(Action.WRITE_CALL)
def invitations(version_id: int) -> Any:
    """The invitations of a pathway and how they went."""
    page = calls_page(request_session(), current_actor(), version_id, clock().today())
    return render_template("dashboards/invitations.html", page=page, plan=page.plan)


@dashboards.route("/pathways/<id:version_id>/invitations/new", methods=["GET", "POST"])
@guard(Action.WRITE_CALL)
@commits
def new_invitation(version_id: int) -> Any:
    """Write an invitation."""
    session, actor, now = request_session(), current_actor(), clock().now()
    plan = queries.cover(session, actor, version_id)
    form = CallForm(data={"opens_on": now.date()})
    if form.validate_on_submit():
        try:
            call_id = service.write_call(session, actor, plan.pathway_id, form.command(), now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The invitation is written. This is how people see it.")
            return _to_page(call_id)
    page = render_template("dashboards/write_invitation.html", form=form, plan=plan, call=None)
    return page, 422 if form.is_submitted() else 200


@dashboards.route(f"{_AT}/change", methods=["GET", "POST"])
@guard(Action.WRITE_CALL)
@commits
def change_invitation(call_id: int) -> Any:
    """Write an invitation anew."""
    session, actor, now = request_session(), current_actor(), clock().now()
    about = queries.call(session, actor, call_id)
    form = CallForm(data=CallForm.written(about))
    if form.validate_on_submit():
        try:
            service.change_call(session, actor, call_id, form.command(), now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Saved.")
            return _to_page(call_id)
    page = render_template("dashboards/write_invitation.html", form=form, plan=None, call=about)
    return page, 422 if form.is_submitted() else 200


@dashboards.route(f"{_AT}/people", methods=["GET", "POST"])
@guard(Action.WRITE_CALL)
@commits
def interested_people(call_id: int) -> Any:
    """Who is interested; sent, those who are chosen are enrolled."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = interest_page(session, actor, call_id, now.date())
    form = EnrolInterestedForm(data={"starts_on": now.date()})
    form.people.options = page.options
    if form.validate_on_submit() and not form.is_doubted(
        "cohort", queries.cohort_meant(session, form.cohort.data)
    ):
        try:
            n = service.enrol_interested(
                session,
                actor,
                call_id,
                form.people.data,
                starts_on=form.starts_on.data,
                cohort=form.cohort.data,
                now=now,
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        except Conflict as changed:
            form.refuse(None, changed.message)
        else:
            tell(f"{count_of(n, 'person is', 'people are')} enrolled.")
            return _to_people(call_id)
    answer = render_template("dashboards/interested.html", page=page, call=page.call, form=form)
    return answer, 422 if form.is_submitted() else 200


@dashboards.route(f"{_AT}/decline", methods=["GET", "POST"])
@guard(Action.WRITE_CALL)
@commits
def decline_interest(call_id: int) -> Any:
    """Tell some that there is no place for them this time."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = interest_page(session, actor, call_id, now.date())
    form = DeclineForm()
    form.people.options = page.to_decline
    if form.validate_on_submit():
        try:
            n = service.decline_interested(
                session, actor, call_id, form.people.data, form.words.data, now=now
            )
        except Conflict as changed:
            form.refuse(None, changed.message)
        else:
            tell(f"{count_of(n, 'person gets', 'people get')} a mail.")
            return _to_people(call_id)
    answer = render_template("dashboards/decline.html", page=page, call=page.call, form=form)
    return answer, 422 if form.is_submitted() else 200


def _to_page(call_id: int) -> Response:
    return redirect(url_for("dashboards.invitation", call_id=call_id), 303)


def _to_people(call_id: int) -> Response:
    return redirect(url_for("dashboards.interested_people", call_id=call_id), 303)
