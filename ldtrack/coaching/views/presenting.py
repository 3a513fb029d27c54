"""What a coach says of themselves, and with whom somebody wants no coaching."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.domain import Role
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.forms import ApartForm, PresentForm
from ldtrack.coaching.views import coaching
from ldtrack.core.errors import RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@coaching.route("/coaching/as-a-coach", methods=["GET", "POST"])
@guard(Action.PRESENT_ONESELF)
@commits
def present_oneself() -> Any:
    """What HR reads of a coach in their own words, and what HR keeps of one."""
    session, actor = request_session(), current_actor()
    page = pages.presenting_page(session, actor, clock().today())
    form = PresentForm(
        data={
            "languages": page.known.languages,
            "about": page.known.about,
            "best_at": list(page.best_at),
        }
    )
    form.best_at.options = list(page.options)
    if form.validate_on_submit():
        try:
            service.present_oneself(session, actor, form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("It is saved.")
            return redirect(url_for("coaching.present_oneself"), 303)
    shown = render_template("coaching/present_oneself.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@coaching.route("/coaching/apart", methods=["GET", "POST"])
@guard(Action.KEEP_APART)
@commits
def keep_apart() -> Any:
    """With whom one wants no coaching, and somebody more."""
    session, actor = request_session(), current_actor()
    form = ApartForm()
    if form.validate_on_submit():
        try:
            service.keep_apart(session, actor, form.who.data, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("You will not be brought together in coaching. Nobody is told.")
            return redirect(url_for("coaching.keep_apart"), 303)
    shown = render_template(
        "coaching/keep_apart.html",
        form=form,
        said=queries.said_by(session, actor),
        is_coach=actor.has(Role.COACH),
    )
    return shown, 422 if form.is_submitted() else 200


@coaching.post("/coaching/apart/<id:conflict_id>/end")
@guard(Action.KEEP_APART)
@commits
def no_longer_apart(conflict_id: int) -> Any:
    """Take it back."""
    service.no_longer_apart(request_session(), current_actor(), conflict_id)
    tell("You may be brought together again.")
    return redirect(url_for("coaching.keep_apart"), 303)
