"""Building the steps of a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways import pages, queries, service
from ldtrack.pathways.domain import Plan, Stage, Step, StepKind, WriteStep
from ldtrack.pathways.forms import StepForm, step_form
from ldtrack.pathways.views import pathways, stages
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session

_KINDS = ", ".join(StepKind)


@pathways.route(
    f"/pathways/stages/<id:stage_id>/steps/new/<any({_KINDS}):kind>", methods=["GET", "POST"]
)
@guard(Action.WRITE_PATHWAY)
@commits
def new_step(stage_id: int, kind: str) -> Any:
    """Add a step of a kind to a stage."""
    plan, stage = stages.found(stage_id)
    form = _form(plan, stage, StepKind(kind), None)

    def store(command: WriteStep) -> None:
        service.add_step(request_session(), current_actor(), stage_id, command)

    return _answer(form, store, plan, stage, None)


@pathways.route("/pathways/steps/<id:step_id>", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def change_step(step_id: int) -> Any:
    """Write a step anew."""
    plan, stage, step = _found(step_id)
    form = _form(plan, stage, step.kind, step)

    def store(command: WriteStep) -> None:
        service.change_step(request_session(), current_actor(), step_id, command)

    return _answer(form, store, plan, stage, step)


@pathways.post("/pathways/steps/<id:step_id>/move/<any(up, down):way>")
@guard(Action.WRITE_PATHWAY)
@commits
def move_step(step_id: int, way: str) -> Any:
    """Let a step change places with its neighbour."""
    service.move_step(request_session(), current_actor(), step_id, up=way == "up")
    plan, stage, _ = _found(step_id)
    return stages.back_to(plan.version_id, stage.id)


@pathways.post("/pathways/steps/<id:step_id>/remove")
@guard(Action.WRITE_PATHWAY)
@commits
def remove_step(step_id: int) -> Any:
    """Take a step out of a draft."""
    plan, stage, step = _found(step_id)
    service.remove_step(request_session(), current_actor(), step_id)
    tell(f"“{step.title}” is removed.")
    return stages.back_to(plan.version_id, stage.id)


def _found(step_id: int) -> tuple[Plan, Stage, Step]:
    plan = queries.version_of_step(request_session(), current_actor(), step_id)
    stages.check_draft(plan)
    return next(
        (plan, stage, step) for stage in plan.stages for step in stage.steps if step.id == step_id
    )


def _form(plan: Plan, stage: Stage, kind: StepKind, step: Step | None) -> StepForm:
    session, actor = request_session(), current_actor()
    written = None if step is None else pages.as_written(step)
    return step_form(
        kind,
        options=pages.step_options(session, actor, plan, kind),
        before=pages.steps_before(plan, step.id if step else None),
        groups=pages.group_options(stage),
        data=written,
    )


def _answer(
    form: StepForm,
    store: Callable[[WriteStep], None],
    plan: Plan,
    stage: Stage,
    step: Step | None,
) -> Any:
    if form.validate_on_submit():
        try:
            store(form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return stages.back_to(plan.version_id, stage.id)
    page = render_template("pathways/step.html", form=form, plan=plan, stage=stage, step=step)
    return page, 422 if form.is_submitted() else 200
