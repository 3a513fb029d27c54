"""Building the stages of a draft."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict
from ldtrack.core.ids import encode
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import Plan, Stage
from ldtrack.pathways.forms import StageForm
from ldtrack.pathways.views import pathways
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@pathways.route("/pathways/<id:version_id>/stages/new", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def new_stage(version_id: int) -> Any:
    """Add a stage."""
    session, actor = request_session(), current_actor()
    plan = queries.pathway(session, actor, version_id)
    check_draft(plan)
    form = StageForm()
    if form.validate_on_submit():
        stage_id = service.add_stage(session, actor, version_id, form.command())
        return back_to(version_id, stage_id)
    page = render_template("pathways/stage.html", form=form, plan=plan, stage=None)
    return page, 422 if form.is_submitted() else 200


@pathways.route("/pathways/stages/<id:stage_id>", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def change_stage(stage_id: int) -> Any:
    """Rename a stage."""
    session, actor = request_session(), current_actor()
    plan, stage = found(stage_id)
    form = StageForm(data={"title": stage.title})
    if form.validate_on_submit():
        service.change_stage(session, actor, stage_id, form.command())
        return back_to(plan.version_id, stage_id)
    page = render_template("pathways/stage.html", form=form, plan=plan, stage=stage)
    return page, 422 if form.is_submitted() else 200


@pathways.post("/pathways/stages/<id:stage_id>/move/<any(up, down):way>")
@guard(Action.WRITE_PATHWAY)
@commits
def move_stage(stage_id: int, way: str) -> Any:
    """Let a stage change places with its neighbour."""
    plan, _ = found(stage_id)
    service.move_stage(request_session(), current_actor(), stage_id, up=way == "up")
    return back_to(plan.version_id, stage_id)


@pathways.post("/pathways/stages/<id:stage_id>/remove")
@guard(Action.WRITE_PATHWAY)
@commits
def remove_stage(stage_id: int) -> Any:
    """Take a stage out of a draft."""
    plan, stage = found(stage_id)
    service.remove_stage(request_session(), current_actor(), stage_id)
    tell(f"“{stage.title}” is removed.")
    return redirect(url_for("pathways.version", version_id=plan.version_id), 303)


def found(stage_id: int) -> tuple[Plan, Stage]:
    """The stage as the actor sees it, and its version."""
    plan = queries.version_of_stage(request_session(), current_actor(), stage_id)
    check_draft(plan)
    return plan, next(stage for stage in plan.stages if stage.id == stage_id)


def check_draft(plan: Plan) -> None:
    """Raise `Conflict` for a version that does not change any more."""
    if not plan.is_draft:
        raise Conflict("A published version does not change. Start a new version to change it.")


def back_to(version_id: int, stage_id: int) -> Response:
    """The builder, at the stage that was worked on."""
    anchor = f"stage-{encode(stage_id)}"
    return redirect(url_for("pathways.version", version_id=version_id, _anchor=anchor), 303)
