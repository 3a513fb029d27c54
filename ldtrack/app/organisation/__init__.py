"""The organisation's name and time zone, for HR and administrators.

What else can be set has its place where it is used: limits of 360 feedback with its cycles.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.app.organisation.form import OrganisationForm
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.service import plan_afresh
from ldtrack.people.queries import organisation_name, time_zone
from ldtrack.people.service.organisation import change_organisation
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

organisation = Blueprint("organisation", __name__)


@organisation.route("/organisation", methods=["GET", "POST"])
@guard(Action.WRITE_ORGANISATION)
@commits
def settings() -> Any:
    """Say what the organisation is called and when its days begin."""
    session, actor = request_session(), current_actor()
    zone = time_zone(session)
    form = OrganisationForm(
        data={"name": organisation_name(session, actor.organisation_id), "time_zone": zone.key}
    )
    if form.validate_on_submit():
        try:
            change_organisation(
                session,
                actor,
                name=form.name.data,
                time_zone=form.time_zone.data,
                now=clock().now(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            if form.time_zone.data != zone.key:
                plan_afresh(session, now=clock().now())
            tell("The organisation’s settings are changed.")
            return redirect(url_for("organisation.settings"), 303)
    page = render_template(
        "organisation/settings.html",
        form=form,
        now=clock().now(),
        sets_limits=policy.could(actor, Action.WRITE_CYCLE),
    )
    return page, 422 if form.is_submitted() else 200
