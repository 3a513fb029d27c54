"""Writing the behavioural indicators of a draft."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import queries, service
from ldtrack.competencies.forms import IndicatorForm
from ldtrack.competencies.views import competencies
from ldtrack.competencies.views.contents import competency_in_draft
from ldtrack.core.errors import RuleBroken
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@competencies.route(
    "/frameworks/competencies/<id:competency_id>/indicators/new", methods=["GET", "POST"]
)
@guard(Action.WRITE_FRAMEWORK)
@commits
def new_indicator(competency_id: int) -> Any:
    """Say what somebody at a level does."""
    session = request_session()
    row, competency = competency_in_draft(competency_id)
    form = IndicatorForm(data={"level": request.args.get("level", "")})
    form.level.options = _levels(row.framework_version_id)
    if form.validate_on_submit():
        try:
            service.add_indicator(session, current_actor(), competency_id, form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return _back(competency_id)
    page = render_template(
        "competencies/indicator.html", form=form, competency=competency, indicator=None
    )
    return page, 422 if form.is_submitted() else 200


@competencies.route("/frameworks/indicators/<id:indicator_id>", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def change_indicator(indicator_id: int) -> Any:
    """Reword an indicator."""
    session = request_session()
    indicator = queries.indicator(session, indicator_id)
    row, competency = competency_in_draft(indicator.competency_id)
    form = IndicatorForm(
        data={
            "level": str(indicator.level),
            "effective": indicator.effective,
            "ineffective": indicator.ineffective,
        }
    )
    form.level.options = _levels(row.framework_version_id)
    if form.validate_on_submit():
        try:
            service.change_indicator(session, current_actor(), indicator_id, form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return _back(competency.id)
    page = render_template(
        "competencies/indicator.html", form=form, competency=competency, indicator=indicator
    )
    return page, 422 if form.is_submitted() else 200


@competencies.post("/frameworks/indicators/<id:indicator_id>/remove")
@guard(Action.WRITE_FRAMEWORK)
@commits
def remove_indicator(indicator_id: int) -> Any:
    """Take an indicator out of a draft."""
    indicator = queries.indicator(request_session(), indicator_id)
    competency_in_draft(indicator.competency_id)
    service.remove_indicator(request_session(), current_actor(), indicator_id)
    tell("The behaviour is removed.")
    return _back(indicator.competency_id)


def _levels(framework_version_id: int) -> list[Option]:
    levels = queries.scale(request_session(), framework_version_id).levels
    return [Option(id=str(level.value), label=level.name) for level in levels]


def _back(competency_id: int) -> Response:
    return redirect(url_for("competencies.competency", competency_id=competency_id), 303)
