"""HR's library of questionnaires: the list, a new one, one with its versions, the preview."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import FrameworkRow
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback.domain.languages import direction, name_of
from ldtrack.feedback.forms.questionnaires import BuildForm, settings_form
from ldtrack.feedback.pages.preview import preview_page
from ldtrack.feedback.pages.questionnaires import library_page, questionnaire_page
from ldtrack.feedback.queries.answering import FilledIn
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from ldtrack.feedback.service import questionnaires as service
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.doors import kept_language
from ldtrack.feedback.views.screens import form_of
from ldtrack.feedback.views.surroundings import now, today
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session

_FIELDS = {"competency_ids": "competencies", "words": None}
_FIRST = "/feedback/questionnaires"


@feedback.get(_FIRST)
@guard(Action.WRITE_QUESTIONNAIRE)
def questionnaires() -> Any:
    """Every questionnaire, and what one can be started from."""
    page = library_page(request_session(), current_actor())
    return render_template("feedback/questionnaires/library.html", page=page, name_of=name_of)


@feedback.route(f"{_FIRST}/new", methods=["GET", "POST"])
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def new_questionnaire() -> Any:
    """Choose a framework, then what to ask about."""
    session = request_session()
    frameworks = competencies.published_frameworks(session)
    chosen = _chosen_framework(frameworks)
    if chosen is None:
        return render_template("feedback/no_framework.html")
    form = _offered(chosen)
    if form.validate_on_submit():
        try:
            made = service.write_questionnaire(
                session,
                current_actor(),
                form.title.data,
                form.command(chosen.framework_version_id),
                now=now(),
            )
        except RuleBroken as broken:
            form.refuse(_FIELDS.get(broken.field, broken.field), broken.message)
        else:
            tell("The questionnaire is here. Now make its statements your own.")
            return redirect(url_for("feedback.questionnaire", questionnaire_id=made), 303)
    page = render_template(
        "feedback/questionnaires/new.html", form=form, chosen=chosen, frameworks=frameworks
    )
    return page, 422 if form.is_submitted() else 200


@feedback.post(f"{_FIRST}/from/<id:framework_version_id>")
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def start_questionnaire(framework_version_id: int) -> Any:
    """Make the starter of a framework that is here."""
    made = service.start_from(request_session(), current_actor(), framework_version_id, now=now())
    tell("The questionnaire is here. Now make its statements your own.")
    return redirect(url_for("feedback.questionnaire", questionnaire_id=made), 303)


@feedback.get(f"{_FIRST}/<id:questionnaire_id>")
@guard(Action.WRITE_QUESTIONNAIRE)
def questionnaire(questionnaire_id: int) -> Any:
    """One questionnaire with its sections, versions and languages."""
    page = questionnaire_page(request_session(), current_actor(), questionnaire_id)
    return render_template("feedback/questionnaires/one.html", page=page, form=page.form)


@feedback.route(f"{_FIRST}/<id:questionnaire_id>/settings", methods=["GET", "POST"])
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def questionnaire_settings(questionnaire_id: int) -> Any:
    """Title, language, words of the steps, what else is asked."""
    session, actor = request_session(), current_actor()
    row = questionnaire_of(session, actor, questionnaire_id)
    form = settings_form(row)
    if form.validate_on_submit():
        try:
            command = form.command(range(row.lo, row.hi + 1))
            service.change_settings(session, actor, questionnaire_id, command, now=now())
        except RuleBroken as broken:
            form.refuse(_FIELDS.get(broken.field, broken.field), broken.message)
        else:
            tell("The settings are kept.")
            return redirect(
                url_for("feedback.questionnaire", questionnaire_id=questionnaire_id), 303
            )
    page = render_template("feedback/questionnaires/settings.html", form=form, row=row)
    return page, 422 if form.is_submitted() else 200


@feedback.post(f"{_FIRST}/<id:questionnaire_id>/next-version")
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def next_version(questionnaire_id: int) -> Any:
    """Make the version that can be changed."""
    made = service.next_version(request_session(), current_actor(), questionnaire_id, now=now())
    tell("This version can be changed; the one before stays as it was asked.")
    return redirect(url_for("feedback.questionnaire", questionnaire_id=made), 303)


@feedback.post(f"{_FIRST}/<id:questionnaire_id>/delete")
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def drop_questionnaire(questionnaire_id: int) -> Any:
    """Delete one that nothing hangs on."""
    service.drop_questionnaire(request_session(), current_actor(), questionnaire_id, now=now())
    tell("The questionnaire is deleted.")
    return redirect(url_for("feedback.questionnaires"), 303)


@feedback.get(f"{_FIRST}/<id:questionnaire_id>/preview/<int:number>")
@guard(Action.WRITE_QUESTIONNAIRE)
def preview(questionnaire_id: int, number: int) -> Any:
    """A screen as a rater sees it on a phone; nothing can be sent, and nothing is stored."""
    session = request_session()
    row = questionnaire_of(session, current_actor(), questionnaire_id)
    page = preview_page(session, row, request.args.get("who", ""), kept_language(), today())
    if not 1 <= number <= len(page.steps):
        raise NotVisible
    line = page.steps[number - 1]
    return render_template(
        "feedback/questionnaires/preview.html",
        page=page,
        line=line,
        said=page.said,
        form=form_of(
            line.step, page.wording, FilledIn(), may_choose=page.may_choose, said=page.said
        ),
        name_of=name_of,
        direction=direction,
    )


def _chosen_framework(frameworks: list[FrameworkRow]) -> FrameworkRow | None:
    wanted = request.args.get("framework", "")
    if not wanted:
        return frameworks[0] if frameworks else None
    try:
        version_id = ids.decode(wanted)
    except ValueError as error:
        raise NotVisible from error
    for row in frameworks:
        if row.framework_version_id == version_id:
            return row
    raise NotVisible


def _offered(chosen: FrameworkRow) -> BuildForm:
    session = request_session()
    form = BuildForm()
    form.competencies.options = [
        Option(id=row.id, label=row.name, note=row.definition, group=row.domain)
        for row in competencies.competencies(session, chosen.framework_version_id)
    ]
    form.level.options = [
        Option(id=str(level.value), label=f"{level.value} – {level.label}")
        for level in competencies.scale(session, chosen.framework_version_id).levels
    ]
    return form
