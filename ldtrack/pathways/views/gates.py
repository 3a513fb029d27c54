"""The levels that a stage of a draft asks for before it closes."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.pathways import pages, queries, service
from ldtrack.pathways.domain import Gate, Plan, Stage
from ldtrack.pathways.forms import GateForm
from ldtrack.pathways.views import pathways, stages
from ldtrack.ui.request import commits, request_session

_AT = "/pathways/stages/<id:stage_id>/gates"


@pathways.route(f"{_AT}/new", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def new_gate(stage_id: int) -> Any:
    """Ask for a level before a stage closes."""
    plan, stage = stages.found(stage_id)
    return _answer(plan, stage, None)


@pathways.route(f"{_AT}/<id:competency_id>", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def change_gate(stage_id: int, competency_id: int) -> Any:
    """Ask for another level, or more or less surely."""
    return _answer(*_found(stage_id, competency_id))


@pathways.post(f"{_AT}/<id:competency_id>/remove")
@guard(Action.WRITE_PATHWAY)
@commits
def remove_gate(stage_id: int, competency_id: int) -> Any:
    """Ask for a level no longer."""
    plan, _, _ = _found(stage_id, competency_id)
    service.remove_gate(request_session(), current_actor(), stage_id, competency_id)
    return stages.back_to(plan.version_id, stage_id)


def _found(stage_id: int, competency_id: int) -> tuple[Plan, Stage, Gate]:
    """A gate of a draft; one that is not there is not visible, whatever the version's state."""
    plan = queries.version_of_stage(request_session(), current_actor(), stage_id)
    stage = next(stage for stage in plan.stages if stage.id == stage_id)
    found = [gate for gate in stage.gates if gate.competency_id == competency_id]
    if not found:
        raise NotVisible
    stages.check_draft(plan)
    return plan, stage, found[0]


def _answer(plan: Plan, stage: Stage, gate: Gate | None) -> Any:
    session = request_session()
    form = GateForm(data=pages.gate_as_written(gate) if gate else None)
    form.competency_id.options = [
        option
        for option in pages.competency_options(session, plan)
        if gate is None or option.id == gate.competency_id
    ]
    form.level.options = pages.level_options(session, plan)
    if form.validate_on_submit():
        try:
            service.write_gate(session, current_actor(), stage.id, form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return stages.back_to(plan.version_id, stage.id)
    page = render_template("pathways/gate.html", form=form, plan=plan, stage=stage, gate=gate)
    return page, 422 if form.is_submitted() else 200
