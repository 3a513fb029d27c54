"""What people declare about themselves: their own page, and HR's with counts."""

from __future__ import annotations

from typing import Any

from flask import jsonify, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.domain.attributes import FLOOR
from ldtrack.people.forms import AskAboutForm, declare_form
from ldtrack.people.queries import attribute_figures, own_attributes
from ldtrack.people.service import attributes
from ldtrack.people.views import people
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@people.route("/account/about-me", methods=["GET", "POST"])
@guard(Action.CHANGE_OWN_ACCOUNT)
@commits
def about_me() -> Any:
    """Declare something about oneself, or withdraw it."""
    session, actor = request_session(), current_actor()
    if actor.person_id is None:
        raise NotVisible
    rows = own_attributes(session, actor)
    form = declare_form(rows)
    if form.validate_on_submit():
        attributes.declare(session, actor, form.command())
        tell("That is kept as you left it.")
        return redirect(url_for("people.about_me"), 303)
    page = render_template("people/about_me.html", form=form, rows=rows, floor=FLOOR)
    return page, 422 if form.is_submitted() else 200


@people.get("/account/about-me/file")
@guard(Action.CHANGE_OWN_ACCOUNT)
def about_me_file() -> Any:
    """What one declared, to take along."""
    answer = jsonify(
        [
            {"question": row.question, "answer": row.own_words}
            for row in own_attributes(request_session(), current_actor())
            if row.own
        ]
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="about-me.json"'
    return answer


@people.route("/people/attributes", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def asked_about() -> Any:
    """What people may declare, how many did, and asking something new."""
    session, actor = request_session(), current_actor()
    form = AskAboutForm()
    if form.validate_on_submit():
        try:
            attributes.ask_about(session, actor, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Everybody may answer this from now on, and nobody has to.")
            return redirect(url_for("people.asked_about"), 303)
    page = render_template(
        "people/asked_about.html", form=form, rows=attribute_figures(session, actor), floor=FLOOR
    )
    return page, 422 if form.is_submitted() else 200


@people.post("/people/attributes/<id:attribute_id>/remove")
@guard(Action.WRITE_PERSON)
@commits
def ask_no_more(attribute_id: int) -> Any:
    """Ask it no more, and forget what was declared."""
    attributes.ask_no_more(request_session(), current_actor(), attribute_id, now=clock().now())
    tell("The question is gone, with everything that was declared.")
    return redirect(url_for("people.asked_about"), 303)
