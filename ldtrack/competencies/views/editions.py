"""Beginning, describing, publishing and retiring editions of a framework."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import FrameworkRow, VersionState
from ldtrack.competencies.forms import (
    EditionForm,
    FrameworkForm,
    LevelsForm,
    lines_of,
    usual_lines,
)
from ldtrack.competencies.views import competencies
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@competencies.route("/frameworks/new", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def new_framework() -> Any:
    """Begin a framework of one's own."""
    session, actor = request_session(), current_actor()
    form = FrameworkForm(data={"version": "1", "language": "en", "levels": usual_lines()})
    if form.validate_on_submit():
        try:
            version_id = service.found_framework(session, actor, form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The framework is begun as a draft. Now give it domains and competencies.")
            return back_to(version_id)
    form.show_again(usual_lines())
    page = render_template("competencies/new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@competencies.route("/frameworks/<id:framework_version_id>/next", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def start_edition(framework_version_id: int) -> Any:
    """Begin the next edition as a copy of this one."""
    session, actor = request_session(), current_actor()
    row = queries.visible_framework(session, actor, framework_version_id)
    if begun := queries.draft_beside(session, row):
        return back_to(begun)
    origin = queries.origins(session)[framework_version_id]
    form = EditionForm(
        data={"licence": row.licence, "attribution": row.attribution, "notes": origin.notes}
    )
    if form.validate_on_submit():
        try:
            version_id = service.start_edition(session, actor, framework_version_id, form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The next edition is a draft. Nobody else sees it until you publish it.")
            return back_to(version_id)
    page = render_template("competencies/edition.html", form=form, framework=row, is_new=True)
    return page, 422 if form.is_submitted() else 200


@competencies.route("/frameworks/<id:framework_version_id>/about", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def describe_edition(framework_version_id: int) -> Any:
    """Say what a draft is called and whose work it is."""
    session, actor = request_session(), current_actor()
    row = draft_of(framework_version_id)
    form = EditionForm(
        data={
            "version": row.version,
            "licence": row.licence,
            "attribution": row.attribution,
            "notes": queries.origins(session)[framework_version_id].notes,
        }
    )
    if form.validate_on_submit():
        try:
            service.describe_edition(session, actor, framework_version_id, form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return back_to(framework_version_id)
    page = render_template("competencies/edition.html", form=form, framework=row, is_new=False)
    return page, 422 if form.is_submitted() else 200


@competencies.route("/frameworks/<id:framework_version_id>/levels", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def levels(framework_version_id: int) -> Any:
    """Word the scale of a draft."""
    session, actor = request_session(), current_actor()
    row = draft_of(framework_version_id)
    scale = queries.scale(session, framework_version_id)
    form = LevelsForm(data={"levels": lines_of(scale.levels)})
    if form.validate_on_submit():
        try:
            service.set_levels(session, actor, framework_version_id, form.written())
        except RuleBroken as broken:
            form.refuse(None, broken.message)
        else:
            return back_to(framework_version_id)
    form.show_again(lines_of(scale.levels))
    page = render_template("competencies/levels.html", form=form, framework=row)
    return page, 422 if form.is_submitted() else 200


@competencies.post("/frameworks/<id:framework_version_id>/publish")
@guard(Action.WRITE_FRAMEWORK)
@commits
def publish_edition(framework_version_id: int) -> Any:
    """Let everybody work with a draft."""
    session, actor = request_session(), current_actor()
    try:
        service.publish_edition(session, actor, framework_version_id, now=clock().now())
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("The edition is published. It does not change any more.")
    return back_to(framework_version_id)


@competencies.post("/frameworks/<id:framework_version_id>/retire")
@guard(Action.WRITE_FRAMEWORK)
@commits
def retire_edition(framework_version_id: int) -> Any:
    """Offer an edition no longer for anything new."""
    session, actor = request_session(), current_actor()
    service.retire_edition(session, actor, framework_version_id, now=clock().now())
    undo = url_for("competencies.offer_again", framework_version_id=framework_version_id)
    tell("The edition is retired. What works with it goes on.", undo_url=undo)
    return back_to(framework_version_id)


@competencies.post("/frameworks/<id:framework_version_id>/offer-again")
@guard(Action.WRITE_FRAMEWORK)
@commits
def offer_again(framework_version_id: int) -> Any:
    """Offer a retired edition again."""
    session, actor = request_session(), current_actor()
    service.offer_again(session, actor, framework_version_id, now=clock().now())
    tell("The edition is offered again.")
    return back_to(framework_version_id)


@competencies.post("/frameworks/<id:framework_version_id>/drop")
@guard(Action.WRITE_FRAMEWORK)
@commits
def drop_draft(framework_version_id: int) -> Any:
    """Throw a draft away."""
    row = draft_of(framework_version_id)
    service.drop_draft(request_session(), current_actor(), framework_version_id)
    tell(f"The draft “{row.title}, {row.version}” is gone.")
    return redirect(url_for("competencies.frameworks"), 303)


def draft_of(framework_version_id: int) -> FrameworkRow:
    """The draft as its author sees it; `Conflict` for an edition that does not change any more."""
    row = queries.visible_framework(request_session(), current_actor(), framework_version_id)
    if row.state is not VersionState.DRAFT:
        raise Conflict("A published edition does not change. Start a new edition to change it.")
    return row


def back_to(framework_version_id: int, anchor: str | None = None) -> Response:
    """The edition, at the part that was worked on."""
    at = url_for(
        "competencies.framework", framework_version_id=framework_version_id, _anchor=anchor
    )
    return redirect(at, 303)
