"""Trying a version with one cohort, looking back on it, going on for all."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.pathways import queries, service
from ldtrack.pathways.forms import PilotForm, ReviewForm
from ldtrack.pathways.pages.pilots import PilotPage, differences_page, pilot_page
from ldtrack.pathways.views import pathways
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_AT = "/pathways/<id:version_id>/pilot"


@pathways.route(_AT, methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def pilot(version_id: int) -> Any:
    """Say who tries a version, what for and until when; or see what came of it."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = pilot_page(session, actor, version_id, now.date())
    form = PilotForm(data=PilotForm.written(page.pilot) if page.pilot else None)
    if form.validate_on_submit() and not form.is_doubted(
        "cohort", queries.cohort_meant(session, form.cohort.data)
    ):
        try:
            service.begin_pilot(session, actor, version_id, form.command(), now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Until it is looked back on, the version takes this cohort alone.")
            return _back(version_id)
    return _answer(page, form, _review_form(page)), 422 if form.is_submitted() else 200


@pathways.post(f"{_AT}/review")
@guard(Action.WRITE_PATHWAY)
@commits
def review_pilot(version_id: int) -> Any:
    """Record what worked, what changes, and who decided it."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = pilot_page(session, actor, version_id, now.date())
    if page.pilot is None:
        raise NotVisible
    form = _review_form(page)
    if form.validate():
        try:
            service.review_pilot(session, actor, version_id, form.command(), now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Recorded. Now the version for all can begin.")
            return _back(version_id)
    written = PilotForm(formdata=None, data=PilotForm.written(page.pilot))
    return _answer(page, written, form), 422


@pathways.post(f"{_AT}/end")
@guard(Action.WRITE_PATHWAY)
@commits
def end_pilot(version_id: int) -> Any:
    """Let the version be for everybody after all."""
    service.end_pilot(request_session(), current_actor(), version_id, now=clock().now())
    tell("It is no pilot any more: the version is for everybody.")
    return redirect(url_for("pathways.version", version_id=version_id), 303)


@pathways.post(f"{_AT}/roll-out")
@guard(Action.WRITE_PATHWAY)
@commits
def roll_out(version_id: int) -> Any:
    """Begin the version for all."""
    draft_id = service.roll_out(request_session(), current_actor(), version_id)
    tell("This is the draft for all. Change what you learnt, then publish it.", kind="note")
    return redirect(url_for("pathways.version", version_id=draft_id), 303)


@pathways.get("/pathways/<id:version_id>/differences")
@guard(Action.WRITE_PATHWAY)
def differences(version_id: int) -> Any:
    """In what a version is different from the pilot before it."""
    page = differences_page(request_session(), current_actor(), version_id)
    return render_template("pathways/differences.html", page=page, plan=page.plan)


def _review_form(page: PilotPage) -> ReviewForm:
    form = ReviewForm(data={"reviewed_on": page.today})
    form.decided_by.options = page.deciders
    return form


def _answer(page: PilotPage, form: PilotForm, review: ReviewForm) -> str:
    return render_template(
        "pathways/pilot.html", page=page, plan=page.plan, form=form, review=review
    )


def _back(version_id: int) -> Response:
    return redirect(url_for("pathways.pilot", version_id=version_id), 303)
