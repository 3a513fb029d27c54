"""Building the choices of a draft: so many of these steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways import pages, queries, service
from ldtrack.pathways.domain import Group, Plan, Stage, WriteGroup
from ldtrack.pathways.forms import GroupForm
from ldtrack.pathways.views import pathways, stages
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@pathways.route("/pathways/stages/<id:stage_id>/choices/new", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def new_group(stage_id: int) -> Any:
    """Add a choice to a stage."""
    plan, stage = stages.found(stage_id)

    def store(command: WriteGroup) -> None:
        service.add_group(request_session(), current_actor(), stage_id, command)

    return _answer(GroupForm(), store, plan, stage, None)


@pathways.route("/pathways/choices/<id:group_id>", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def change_group(group_id: int) -> Any:
    """Write a choice anew."""
    plan, stage, group = _found(group_id)

    def store(command: WriteGroup) -> None:
        service.change_group(request_session(), current_actor(), group_id, command)

    return _answer(GroupForm(data=pages.group_as_written(group)), store, plan, stage, group)


@pathways.post("/pathways/choices/<id:group_id>/remove")
@guard(Action.WRITE_PATHWAY)
@commits
def remove_group(group_id: int) -> Any:
    """Take a choice out of a draft; its steps stay."""
    plan, stage, group = _found(group_id)
    service.remove_group(request_session(), current_actor(), group_id)
    tell(f"“{group.title}” is removed. Its steps stay, each required by itself.")
    return stages.back_to(plan.version_id, stage.id)


def _found(group_id: int) -> tuple[Plan, Stage, Group]:
    plan = queries.version_of_group(request_session(), current_actor(), group_id)
    stages.check_draft(plan)
    return next(
        (plan, stage, group)
        for stage in plan.stages
        for group in stage.groups
        if group.id == group_id
    )


def _answer(
    form: GroupForm,
    store: Callable[[WriteGroup], None],
    plan: Plan,
    stage: Stage,
    group: Group | None,
) -> Any:
    if form.validate_on_submit():
        try:
            store(form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return stages.back_to(plan.version_id, stage.id)
    page = render_template("pathways/group.html", form=form, plan=plan, stage=stage, group=group)
    return page, 422 if form.is_submitted() else 200
