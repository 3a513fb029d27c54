"""Deciding which competency of an edition goes on as which of the next."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import pages, queries, service
from ldtrack.competencies.domain import Crosswalk, Relation
from ldtrack.competencies.forms import DecideForm, ReadLevelsForm
from ldtrack.competencies.forms.crosswalk import ALONE, WITH
from ldtrack.competencies.views import competencies
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import encode
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_AT = "/frameworks/<id:framework_version_id>/from/<id:other_id>"


@competencies.get(_AT)
@guard(Action.WRITE_FRAMEWORK)
def crosswalk(framework_version_id: int, other_id: int) -> Any:
    """All competencies of both editions: what is decided, and what is proposed."""
    page = pages.crosswalk_page(request_session(), current_actor(), other_id, framework_version_id)
    return render_template("competencies/crosswalk.html", page=page)


@competencies.route(f"{_AT}/<id:competency_id>", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def decide(framework_version_id: int, other_id: int, competency_id: int) -> Any:
    """Say what became of one competency, or where a new one comes from."""
    session, actor = request_session(), current_actor()
    page = pages.decide_page(session, actor, other_id, framework_version_id, competency_id)
    fate = ALONE if page.is_alone else WITH
    form = DecideForm(data={"fate": fate, "others": list(page.chosen)})
    if page.is_earlier:
        form.offer(page.offered, goes_on="It goes on as", alone="It is retired")
    else:
        form.offer(page.offered, goes_on="It comes from", alone="It is new")
    if form.validate_on_submit():
        say = service.continue_as if page.is_earlier else service.come_from
        say(session, actor, page.walk, competency_id, form.chosen(), now=clock().now())
        return _back(page.walk, competency_id)
    answer = render_template("competencies/decide.html", form=form, page=page)
    return answer, 422 if form.is_submitted() else 200


@competencies.post(f"{_AT}/<id:competency_id>/accept")
@guard(Action.WRITE_FRAMEWORK)
@commits
def accept(framework_version_id: int, other_id: int, competency_id: int) -> Any:
    """Decide one competency as it is proposed."""
    walk = _walk(framework_version_id, other_id)
    service.accept_proposals(
        request_session(), current_actor(), walk, competency_id=competency_id, now=clock().now()
    )
    return _back(walk, competency_id)


@competencies.post(f"{_AT}/accept-same")
@guard(Action.WRITE_FRAMEWORK)
@commits
def accept_same(framework_version_id: int, other_id: int) -> Any:
    """Decide all that are proposed to stay the same."""
    walk = _walk(framework_version_id, other_id)
    n = service.accept_proposals(
        request_session(), current_actor(), walk, relation=Relation.SAME, now=clock().now()
    )
    tell(f"{n} {'competency stays' if n == 1 else 'competencies stay'} the same.")
    return _back(walk)


@competencies.route(f"{_AT}/levels", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def read_levels(framework_version_id: int, other_id: int) -> Any:
    """Say how the levels of the earlier edition are read on the later scale."""
    session, actor = request_session(), current_actor()
    before, after = queries.editions_to_walk(session, actor, other_id, framework_version_id)
    walk = queries.crosswalk(session, before, after)
    old = queries.scale(session, other_id)
    new = queries.scale(session, framework_version_id)
    ends = (walk.levels.after_lo, walk.levels.after_hi) if walk.levels else (new.lo, new.hi)
    form = ReadLevelsForm(data={"lowest": str(ends[0]), "highest": str(ends[1])})
    form.offer(
        new.levels,
        lowest=f"{old.levels[0].name} in {before.version} is",
        highest=f"{old.levels[-1].name} in {before.version} is",
    )
    if form.validate_on_submit():
        try:
            service.read_levels(
                session,
                actor,
                walk,
                lowest=int(form.lowest.data),
                highest=int(form.highest.data),
                now=clock().now(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return _back(walk)
    answer = render_template(
        "competencies/read_levels.html", form=form, before=before, after=after, old=old, walk=walk
    )
    return answer, 422 if form.is_submitted() else 200


def _walk(framework_version_id: int, other_id: int) -> Crosswalk:
    session = request_session()
    both = queries.editions_to_walk(session, current_actor(), other_id, framework_version_id)
    return queries.crosswalk(session, *both)


def _back(walk: Crosswalk, competency_id: int | None = None) -> Response:
    """The crosswalk, at the competency that was decided."""
    at = url_for(
        "competencies.crosswalk",
        framework_version_id=walk.after_id,
        other_id=walk.before_id,
        _anchor=f"competency-{encode(competency_id)}" if competency_id else None,
    )
    return redirect(at, 303)
