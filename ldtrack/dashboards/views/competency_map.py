"""The competency map, and linking a competency with what develops it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments.service import let_opening_develop, let_opening_develop_no_more
from ldtrack.core import ids
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.courses.service import let_course_develop, let_course_develop_no_more
from ldtrack.dashboards.forms import LinkCourseForm, LinkOpeningForm, LinkStepForm
from ldtrack.dashboards.pages.competency_map import (
    LinksPage,
    Shown,
    links_page,
    map_page,
    vehicle_target,
)
from ldtrack.dashboards.queries import VehicleKind
from ldtrack.dashboards.views import dashboards
from ldtrack.pathways.service import name_competency, name_no_competency
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_LABELS = {
    VehicleKind.COURSE: "Courses",
    VehicleKind.MILESTONE: "Milestones",
    VehicleKind.OPENING: "Assignments",
    VehicleKind.STEP: "Pathway steps",
}


@dashboards.get("/competency-map")
@guard(Action.READ_PROGRAMME)
def competency_map() -> Any:
    """Competencies and what develops them."""
    page = map_page(
        request_session(), current_actor(), _asked_version(), clock().today(), _asked_part()
    )
    return render_template(
        "dashboards/competency_map.html", page=page, labels=_LABELS, vehicle_target=vehicle_target
    )


@dashboards.get("/competency-map/<id:competency_id>")
@guard(Action.READ_PROGRAMME)
def competency_links(competency_id: int) -> Any:
    """One competency with all that develops it."""
    page = links_page(request_session(), current_actor(), competency_id, clock().today())
    return _page(page)


@dashboards.post("/competency-map/<id:competency_id>/courses")
@guard(Action.WRITE_COURSE)
@commits
def link_course(competency_id: int) -> Any:
    """Let a course develop it."""
    session, actor = request_session(), current_actor()
    page = links_page(session, actor, competency_id, clock().today())
    form = LinkCourseForm()
    form.offer(page.left(VehicleKind.COURSE), page.scale.levels)
    if form.validate_on_submit():
        let_course_develop(
            session,
            actor,
            form.course.data,
            competency_id,
            int(form.course_level.data),
            now=clock().now(),
        )
        return _linked(page)
    return _page(page, course_form=form)


@dashboards.post("/competency-map/<id:competency_id>/assignments")
@guard(Action.WRITE_POSTING)
@commits
def link_opening(competency_id: int) -> Any:
    """Let an opening develop it."""
    session, actor = request_session(), current_actor()
    page = links_page(session, actor, competency_id, clock().today())
    form = LinkOpeningForm()
    form.offer(page.left(VehicleKind.OPENING), page.scale.levels)
    if form.validate_on_submit():
        let_opening_develop(
            session,
            actor,
            form.posting.data,
            competency_id,
            int(form.posting_level.data),
            now=clock().now(),
        )
        return _linked(page)
    return _page(page, opening_form=form)


@dashboards.post("/competency-map/<id:competency_id>/steps")
@guard(Action.WRITE_PATHWAY)
@commits
def link_step(competency_id: int) -> Any:
    """Let a step of a draft be about it."""
    session, actor = request_session(), current_actor()
    page = links_page(session, actor, competency_id, clock().today())
    form = LinkStepForm()
    form.offer(page.free_steps, page.scale.levels)
    if form.validate_on_submit():
        level = int(form.step_level.data) if form.step_level.data else None
        try:
            name_competency(session, actor, form.step.data, competency_id, level)
        except RuleBroken as broken:
            form.refuse("step_level" if broken.field == "level" else "step", broken.message)
        except Conflict as conflict:
            form.refuse("step", conflict.message)
        else:
            tell(f"The step is about {page.competency.name} now, once its draft is published.")
            return _back(competency_id)
    return _page(page, step_form=form)


@dashboards.post("/competency-map/<id:competency_id>/steps/<id:step_id>/remove")
@guard(Action.WRITE_PATHWAY)
@commits
def unlink_step(competency_id: int, step_id: int) -> Any:
    """Let a step of a draft be about it no more."""
    try:
        name_no_competency(request_session(), current_actor(), step_id, competency_id)
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("The step is about it no more.")
    return _back(competency_id)


@dashboards.post("/competency-map/<id:competency_id>/courses/<id:course_id>/remove")
@guard(Action.WRITE_COURSE)
@commits
def unlink_course(competency_id: int, course_id: int) -> Any:
    """Take the link with a course away."""
    let_course_develop_no_more(
        request_session(), current_actor(), course_id, competency_id, now=clock().now()
    )
    tell("The link is taken away; what completions said so far stays.")
    return _back(competency_id)


@dashboards.post("/competency-map/<id:competency_id>/assignments/<id:posting_id>/remove")
@guard(Action.WRITE_POSTING)
@commits
def unlink_opening(competency_id: int, posting_id: int) -> Any:
    """Take the link with an opening away."""
    try:
        let_opening_develop_no_more(
            request_session(), current_actor(), posting_id, competency_id, now=clock().now()
        )
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("The link is taken away.")
    return _back(competency_id)


def _page(
    page: LinksPage,
    course_form: LinkCourseForm | None = None,
    opening_form: LinkOpeningForm | None = None,
    step_form: LinkStepForm | None = None,
) -> Any:
    """The page with the form that was sent, if one was, and the others empty."""
    course_form = course_form or LinkCourseForm(formdata=None)
    opening_form = opening_form or LinkOpeningForm(formdata=None)
    step_form = step_form or LinkStepForm(formdata=None)
    course_form.offer(page.left(VehicleKind.COURSE), page.scale.levels)
    opening_form.offer(page.left(VehicleKind.OPENING), page.scale.levels)
    step_form.offer(page.free_steps, page.scale.levels)
    answer = render_template(
        "dashboards/competency_links.html",
        page=page,
        course_form=course_form,
        opening_form=opening_form,
        step_form=step_form,
        vehicle_target=vehicle_target,
    )
    failed = course_form.errors or opening_form.errors or step_form.errors
    return answer, 422 if failed else 200


def _linked(page: LinksPage) -> Response:
    tell(f"It develops {page.competency.name} now.")
    return _back(page.competency.id)


def _back(competency_id: int) -> Response:
    return redirect(url_for("dashboards.competency_links", competency_id=competency_id), 303)


def _asked_version() -> int | None:
    asked = request.args.get("framework", "")
    if not asked:
        return None
    try:
        return ids.decode(asked)
    except ValueError as error:
        raise NotVisible from error


def _asked_part() -> Shown:
    asked = request.args.get("vehicle", "")
    return Shown(
        domain=request.args.get("domain", ""),
        vehicle=VehicleKind(asked) if asked in set(VehicleKind) else None,
        only_gaps=bool(request.args.get("gaps")),
    )
