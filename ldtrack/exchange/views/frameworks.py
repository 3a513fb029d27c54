"""Bringing a competency framework in: one that comes along, or a file."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies.queries import frameworks
from ldtrack.core.errors import NotVisible
from ldtrack.exchange.forms import FrameworkUploadForm, YesForm
from ldtrack.exchange.framework_file import parse_framework
from ldtrack.exchange.framework_import import import_file, is_here
from ldtrack.exchange.shipped import shipped, shipped_file
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.kept import find, keep, uploads
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_KIND = "frameworks"


@exchange.route("/bring-in/frameworks", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def choose_frameworks() -> Any:
    """Choose among the published ones, or send a file."""
    form = FrameworkUploadForm()
    if form.validate_on_submit():
        token = keep(form.file.data, kind=_KIND)
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
    """Look at one of the published ones before it comes in."""
    return _look(shipped_file(key))


@exchange.route("/bring-in/frameworks/<token>", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def look_frameworks(token: str) -> Any:
    """Look at a file before it comes in."""
    return _look(uploads().raw(find(token, _KIND)))


def _look(raw: bytes) -> Any:
    session, form = request_session(), YesForm()
    framework, problems = parse_framework(raw)
    if framework is not None and form.validate_on_submit():
        done = import_file(session, current_actor(), raw, now=clock().now())
        if done.framework_version_id is None:
            raise NotVisible
        tell(
            "The framework is here."
            if done.is_new
            else "This edition was here already; nothing is changed."
        )
        return redirect(
            url_for("competencies.framework", framework_version_id=done.framework_version_id), 303
        )
    page = render_template(
        "exchange/look_framework.html",
        form=form,
        framework=framework,
        problems=problems,
        here=framework is not None and is_here(session, framework),
    )
    return page, 422 if form.is_submitted() else 200
