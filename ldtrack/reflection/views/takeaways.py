"""Pages of takeaways: one's own, each by itself, and what became of it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.reflection import pages, queries, service
from ldtrack.reflection.forms import (
    begun_takeaway,
    kind_called,
    takeaway_data,
    takeaway_form,
    told_form,
)
from ldtrack.reflection.views import reflection
from ldtrack.reflection.views.asking import about_asked
from ldtrack.ui.lists import page_number
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@reflection.route("/journal/takeaways", methods=["GET", "POST"])
@guard(Action.WRITE_TAKEAWAY)
@commits
def takeaways() -> Any:
    """What one took along, and a line for the next."""
    session, actor, today = request_session(), current_actor(), clock().today()
    page = pages.takeaways_page(session, actor, today, page=page_number())
    about, kind = about_asked(), kind_called(request.args.get("kind", ""))
    form = takeaway_form(begun_takeaway(about, kind, today), page.readers)
    if form.validate_on_submit():
        try:
            service.take_along(session, actor, form.command(), today=today)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("You take it along.")
            return redirect(url_for("reflection.takeaways"), 303)
    shown = render_template("reflection/takeaways.html", page=page, form=form, about=about)
    return shown, 422 if form.is_submitted() else 200


@reflection.route("/journal/takeaways/<id:takeaway_id>", methods=["GET", "POST"])
@guard(Action.WRITE_TAKEAWAY)
@commits
def takeaway(takeaway_id: int) -> Any:
    """Change one, and who may read it."""
    session, actor, today = request_session(), current_actor(), clock().today()
    row = queries.takeaway(session, actor, takeaway_id)
    form = takeaway_form(takeaway_data(row), pages.readers_of_today(session, actor, today))
    if form.validate_on_submit():
        try:
            service.change_takeaway(session, actor, takeaway_id, form.command(), today=today)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("It is changed.")
            return redirect(url_for("reflection.takeaways"), 303)
    shown = render_template("reflection/takeaway.html", row=row, form=form)
    return shown, 422 if form.is_submitted() else 200


@reflection.route("/journal/takeaways/<id:takeaway_id>/told", methods=["GET", "POST"])
@guard(Action.WRITE_TAKEAWAY)
@commits
def tell_takeaway(takeaway_id: int) -> Any:
    """Say what became of one."""
    session, actor, today = request_session(), current_actor(), clock().today()
    row = queries.takeaway(session, actor, takeaway_id)
    form = told_form(row)
    if form.validate_on_submit():
        command = form.command()
        try:
            service.tell_takeaway(session, actor, takeaway_id, command, today=today)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"It is {command.state.label.lower()}.")
            return redirect(url_for("reflection.takeaways"), 303)
    shown = render_template("reflection/tell_takeaway.html", row=row, form=form)
    return shown, 422 if form.is_submitted() else 200


@reflection.post("/journal/takeaways/<id:takeaway_id>/stop-sharing")
@guard(Action.WRITE_TAKEAWAY)
@commits
def keep_takeaway_to_oneself(takeaway_id: int) -> Any:
    """Take one back from everybody it was shared with."""
    service.keep_to_oneself(request_session(), current_actor(), takeaway_id)
    tell("Only you can read it now.")
    return redirect(url_for("reflection.takeaways"), 303)


@reflection.post("/journal/takeaways/<id:takeaway_id>/delete")
@guard(Action.WRITE_TAKEAWAY)
@commits
def let_go_of_takeaway(takeaway_id: int) -> Any:
    """Delete one for good."""
    service.let_go(request_session(), current_actor(), takeaway_id)
    tell("It is deleted.")
    return redirect(url_for("reflection.takeaways"), 303)
