"""A questionnaire's texts in other languages, typed in here; files of them are elsewhere."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback.domain.languages import NAMES, direction
from ldtrack.feedback.forms.languages import NewLanguageForm, texts_form
from ldtrack.feedback.pages.questionnaires import language_line, questionnaire_page
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from ldtrack.feedback.service import questionnaires as service
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session

_HERE = "/feedback/questionnaires/<id:questionnaire_id>/languages"


@feedback.route(_HERE, methods=["GET", "POST"])
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def questionnaire_languages(questionnaire_id: int) -> Any:
    """The languages, and what is left to do in each."""
    page = questionnaire_page(request_session(), current_actor(), questionnaire_id)
    here = {page.form.language, *(line.language for line in page.languages)}
    form = NewLanguageForm()
    form.language.options = [
        Option(id=code, label=name) for code, name in NAMES.items() if code not in here
    ]
    if form.validate_on_submit():
        return redirect(
            url_for(
                "feedback.questionnaire_texts",
                questionnaire_id=questionnaire_id,
                language=form.language.data,
            ),
            303,
        )
    shown = render_template("feedback/questionnaires/languages.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@feedback.route(f"{_HERE}/<language>", methods=["GET", "POST"])
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def questionnaire_texts(questionnaire_id: int, language: str) -> Any:
    """Every text beside its original, to be typed in."""
    session, actor = request_session(), current_actor()
    row = questionnaire_of(session, actor, questionnaire_id)
    if language not in NAMES or language == row.language:
        raise NotVisible
    line = language_line(session, row, language)
    form = texts_form(line.texts)
    if form.validate_on_submit():
        try:
            service.keep_texts(
                session, actor, questionnaire_id, language, form.written(line.texts), now=now()
            )
        except RuleBroken as broken:
            form.refuse(None, broken.message)
        else:
            tell(f"The texts in {line.name} are kept.")
            return redirect(
                url_for("feedback.questionnaire_languages", questionnaire_id=questionnaire_id), 303
            )
    shown = render_template(
        "feedback/questionnaires/texts.html",
        row=row,
        line=line,
        form=form,
        direction=direction(language),
    )
    return shown, 422 if form.is_submitted() else 200


@feedback.post(f"{_HERE}/<language>/delete")
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def drop_language(questionnaire_id: int, language: str) -> Any:
    """Take a language away."""
    service.drop_language(request_session(), current_actor(), questionnaire_id, language, now=now())
    tell("The language is taken away; raters read the original.")
    return redirect(
        url_for("feedback.questionnaire_languages", questionnaire_id=questionnaire_id), 303
    )
