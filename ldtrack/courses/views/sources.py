"""Which systems may send statements, and which are asked for them."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.courses import pages
from ldtrack.courses.domain.asking import address_problem
from ldtrack.courses.forms import SourceForm, StoreForm
from ldtrack.courses.service import statements
from ldtrack.courses.views import courses
from ldtrack.ui.messages import tell
from ldtrack.ui.request import base_url, clock, commits, request_session


@courses.get("/courses/sources")
@guard(Action.KEEP_SOURCE)
def sources() -> Any:
    """Systems that send, and systems that are asked."""
    page = pages.sources_page(request_session(), current_actor())
    return render_template("courses/sources.html", page=page, endpoint=f"{base_url()}/xapi/")


@courses.route("/courses/sources/new", methods=["GET", "POST"])
@guard(Action.KEEP_SOURCE)
@commits
def new_source() -> Any:
    """Make credentials; the next page shows them, and no page ever again."""
    form = SourceForm()
    if form.validate_on_submit():
        try:
            made = statements.make_source(
                request_session(), current_actor(), form.name.data, now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(
                f"Key: {made.key} · Secret: {made.secret} · "
                "Copy both now: the secret is not kept and cannot be shown again."
            )
            return redirect(url_for("courses.sources"), 303)
    page = render_template("courses/new_source.html", form=form)
    return page, 422 if form.is_submitted() else 200


@courses.post("/courses/sources/<id:statement_source_id>/revoke")
@guard(Action.KEEP_SOURCE)
@commits
def revoke_source(statement_source_id: int) -> Any:
    """Take nothing from the system any more."""
    session, actor = request_session(), current_actor()
    statements.revoke_source(session, actor, statement_source_id, now=clock().now())
    tell("Its credentials hold no more; what it said stays.")
    return redirect(url_for("courses.sources"), 303)


@courses.route("/courses/stores/new", methods=["GET", "POST"])
@guard(Action.KEEP_SOURCE)
@commits
def new_store() -> Any:
    """Ask a record store from now on."""
    form = StoreForm()
    if form.validate_on_submit():
        trusted = current_app.extensions["ldtrack.settings"].trusted_stores
        command = form.command()
        if problem := address_problem(command.address, trusted):
            form.refuse("address", problem)
        else:
            statements.add_store(request_session(), current_actor(), command, now=clock().now())
            tell("It is asked now, and again as planned.")
            return redirect(url_for("courses.sources"), 303)
    page = render_template("courses/new_store.html", form=form)
    return page, 422 if form.is_submitted() else 200


@courses.post("/courses/stores/<id:record_store_id>/ask")
@guard(Action.KEEP_SOURCE)
@commits
def ask_store(record_store_id: int) -> Any:
    """Ask it at once."""
    session, actor = request_session(), current_actor()
    statements.ask_store_now(session, actor, record_store_id, now=clock().now())
    tell("It is being asked.")
    return redirect(url_for("courses.sources"), 303)


@courses.post("/courses/stores/<id:record_store_id>/remove")
@guard(Action.KEEP_SOURCE)
@commits
def remove_store(record_store_id: int) -> Any:
    """Ask it no more."""
    session, actor = request_session(), current_actor()
    statements.remove_store(session, actor, record_store_id, now=clock().now())
    tell("It is asked no more; what it told stays.")
    return redirect(url_for("courses.sources"), 303)
