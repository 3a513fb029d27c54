"""Bringing a competency framework in: one that comes along, or a file of any kind that is known."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies.queries import Fate, frameworks
from ldtrack.core.errors import NotVisible
from ldtrack.exchange.forms import FrameworkUploadForm, YesForm
from ldtrack.exchange.framework_export import KINDS, export_framework
from ldtrack.exchange.framework_import import (
    BroughtIn,
    import_file,
    import_shipped,
    look_at,
)
from ldtrack.exchange.limits import BROWSER
from ldtrack.exchange.shipped import shipped, shipped_file
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.downloads import file_of
from ldtrack.exchange.views.kept import find, keep, uploads
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_KIND = "frameworks"
_TOLD = {
    Fate.PUBLISHED: "The framework is here and published.",
    Fate.DRAFT: "The framework is here as a draft. Add what is missing, then publish it.",
    Fate.NEXT_DRAFT: "The next edition is begun as a draft. Nobody else sees it yet.",
    Fate.DRAFT_REWRITTEN: "The draft says now what the file says.",
    Fate.SAME: "This was here already; nothing is changed.",
}


@exchange.route("/bring-in/frameworks", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def choose_frameworks() -> Any:
    """Choose among the published ones, or send a file."""
    form = FrameworkUploadForm()
    if form.validate_on_submit():
        token = keep(form.file.data, kind=_KIND, told={"title": form.title.data})
        return redirect(url_for("exchange.look_frameworks", token=token), 303)
    here = {(row.key, row.version) for row in frameworks(request_session())}
    page = render_template(
        "exchange/choose_frameworks.html", form=form, shipped=shipped(), here=here
    )
    return page, 422 if form.errors else 200


@exchange.route("/bring-in/frameworks/published/<key>", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def look_at_published(key: str) -> Any:
    """Look at one of the published ones before it comes in; it comes in as it was published."""
    session, form, raw = request_session(), YesForm(), shipped_file(key)
    if form.validate_on_submit():
        done = import_shipped(session, current_actor(), key, now=clock().now())
        return _done(done, Fate.PUBLISHED if done.is_new else Fate.SAME)
    here = {(row.key, row.version) for row in frameworks(session)}
    looked = look_at(session, raw)
    whole = looked.read.whole
    is_here = whole is not None and (whole.key, whole.version) in here
    page = render_template(
        "exchange/look_framework.html", form=form, looked=looked, is_published=True, is_here=is_here
    )
    return page, 422 if form.is_submitted() else 200


@exchange.route("/bring-in/frameworks/<token>", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def look_frameworks(token: str) -> Any:
    """Look at a file before it comes in."""
    session, form = request_session(), YesForm()
    kept = find(token, _KIND)
    raw, title = uploads().raw(kept), kept.told.get("title", "")
    looked = look_at(session, raw, title=title)
    if looked.ahead is not None and form.validate_on_submit():
        done = import_file(
            session, current_actor(), raw, now=clock().now(), title=title, limits=BROWSER
        )
        return _done(done, looked.ahead.fate)
    page = render_template(
        "exchange/look_framework.html", form=form, looked=looked, is_published=False, is_here=False
    )
    return page, 422 if form.is_submitted() else 200


@exchange.post("/frameworks/<id:framework_version_id>/file/<kind>")
@guard(Action.WRITE_FRAMEWORK)
@commits
def framework_file(framework_version_id: int, kind: str) -> Any:
    """An edition as a file."""
    content, name = export_framework(
        request_session(), current_actor(), framework_version_id, kind, now=clock().now()
    )
    return file_of(content, name, content_type=f"{KINDS[kind].content_type}; charset=utf-8")


def _done(done: BroughtIn, fate: Fate) -> Response:
    if done.framework_version_id is None:
        raise NotVisible
    tell(_TOLD[fate])
    return redirect(
        url_for("competencies.framework", framework_version_id=done.framework_version_id), 303
    )
