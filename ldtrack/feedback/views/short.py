"""Giving short feedback and asking for some: whom, on what, and the words."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.forms.short import WHOLE, AnswerShortForm, AskForShortForm, GiveShortForm
from ldtrack.feedback.pages.short import AboutPage, about_page, whom_page
from ldtrack.feedback.queries.short import request_to
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now, site, today
from ldtrack.ui.fields import Option
from ldtrack.ui.lists import searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.get("/short-feedback/give")
@guard(Action.GIVE_SHORT)
def whom_to_tell() -> Any:
    """Choose the colleague."""
    return _whom("give")


@feedback.get("/short-feedback/ask")
@guard(Action.ASK_FOR_SHORT)
def whom_to_ask() -> Any:
    """Choose the colleague."""
    return _whom("ask")


@feedback.route("/short-feedback/give/<id:person_id>", methods=["GET", "POST"])
@guard(Action.GIVE_SHORT)
@commits
def give_short(person_id: int) -> Any:
    """First the competency, then what was seen; the colleague reads it at once."""
    session, actor = request_session(), current_actor()
    page = about_page(session, actor, person_id, person_id, _competency_id(), today())
    if page.competency is None:
        return render_template("feedback/short/about.html", page=page, act="give")
    form = GiveShortForm()
    form.offer(_behaviours(page))
    if form.validate_on_submit():
        command = form.command(person_id, page.competency.id)
        try:
            short_id = service.give(session, actor, command, now=now(), base_url=site())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return _given(page.other.first_name, short_id)
    shown = render_template("feedback/short/give.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@feedback.route("/short-feedback/ask/<id:person_id>", methods=["GET", "POST"])
@guard(Action.ASK_FOR_SHORT)
@commits
def ask_for_short(person_id: int) -> Any:
    """First the competency, then one thing to look at."""
    session, actor = request_session(), current_actor()
    page = about_page(session, actor, person_id, actor.person_id or 0, _competency_id(), today())
    if page.competency is None:
        return render_template("feedback/short/about.html", page=page, act="ask")
    form = AskForShortForm()
    form.offer(_behaviours(page))
    if form.validate_on_submit():
        command = form.command(person_id, page.competency.id)
        try:
            service.ask_for_short(session, actor, command, now=now(), base_url=site())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"{page.other.first_name} is asked.")
            return redirect(url_for("feedback.short"), 303)
    shown = render_template("feedback/short/ask.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@feedback.route("/short-feedback/requests/<id:short_feedback_request_id>", methods=["GET", "POST"])
@guard(Action.GIVE_SHORT)
@commits
def answer_short(short_feedback_request_id: int) -> Any:
    """Say what was asked for."""
    session, actor = request_session(), current_actor()
    row = request_to(session, actor, short_feedback_request_id)
    form = AnswerShortForm()
    if form.validate_on_submit():
        try:
            short_id = service.answer_short(
                session,
                actor,
                row.id,
                form.kind.data,
                form.body.data,
                now=now(),
                base_url=site(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return _given(row.person, short_id)
    shown = render_template("feedback/short/answer.html", row=row, form=form)
    return shown, 422 if form.is_submitted() else 200


def _given(name: str, short_id: int) -> Any:
    tell(
        f"{name} can read it now. You have ten minutes to take it back.",
        undo_url=url_for("feedback.take_back_short", short_feedback_id=short_id),
    )
    return redirect(url_for("feedback.short"), 303)


def _whom(act: str) -> Any:
    search = searched()
    page = whom_page(request_session(), current_actor(), today(), search=search)
    return render_template("feedback/short/whom.html", page=page, act=act)


def _behaviours(page: AboutPage) -> list[Option]:
    if page.competency is None or page.scale is None:
        return []
    whole = Option(id=WHOLE, label=f"{page.competency.name} as a whole", group="Altogether")
    return [
        whole,
        *(
            Option(
                id=ids.encode(row.id),
                label=row.effective,
                group=page.scale.words(row.level).capitalize(),
            )
            for row in page.behaviours
        ),
    ]


def _competency_id() -> int | None:
    asked = request.args.get("competency", "")
    try:
        return ids.decode(asked) if asked else None
    except ValueError as error:
        raise NotVisible from error
