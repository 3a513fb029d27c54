"""Letting somebody pass without a step or a gate, and asking for it again."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.pathways import pages, service
from ldtrack.pathways.domain import Progress, Waive
from ldtrack.pathways.forms import WaiveForm
from ldtrack.pathways.views import pathways
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_WHAT = "/pathways/enrolments/<id:enrolment_id>/<any(step, gate):what>/<id:thing_id>"


@pathways.route(f"{_WHAT}/waive", methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def waive(enrolment_id: int, what: str, thing_id: int) -> Any:
    """Waive a step or a gate for one person."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = pages.enrolment_page(session, actor, enrolment_id, now.date())
    title = _title(page.progress, what, thing_id)
    form = WaiveForm()
    if form.validate_on_submit():
        command = _command(what, thing_id, form.reason.data)
        try:
            service.waive(session, actor, enrolment_id, command, now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            undo = url_for(
                "pathways.take_back", enrolment_id=enrolment_id, what=what, thing_id=thing_id
            )
            tell(f"{title} is waived for {page.name}.", undo_url=undo)
            return redirect(url_for("pathways.enrolment", enrolment_id=enrolment_id), 303)
    answer = render_template(
        "pathways/waive.html", form=form, page=page, progress=page.progress, title=title
    )
    return answer, 422 if form.is_submitted() else 200


@pathways.post(f"{_WHAT}/take-back")
@guard(Action.WRITE_ENROLMENT)
@commits
def take_back(enrolment_id: int, what: str, thing_id: int) -> Any:
    """Ask for a waived step or gate again."""
    command = _command(what, thing_id, "")
    service.take_back_waiver(
        request_session(), current_actor(), enrolment_id, command, now=clock().now()
    )
    tell("It is asked for again.")
    return redirect(url_for("pathways.enrolment", enrolment_id=enrolment_id), 303)


def _command(what: str, thing_id: int, reason: str) -> Waive:
    if what == "step":
        return Waive(step_id=thing_id, reason=reason)
    return Waive(gate_id=thing_id, reason=reason)


def _title(progress: Progress, what: str, thing_id: int) -> str:
    """What is to be waived, as people know it, else `NotVisible`."""
    if what == "step":
        names = {each.step.id: f"“{each.step.title}”" for each in progress.steps}
    else:
        names = {
            held.gate.id: f"{held.gate.competency} at level {held.gate.level}"
            for stage in progress.stages
            for held in stage.gates
        }
    if thing_id not in names:
        raise NotVisible
    return names[thing_id]
