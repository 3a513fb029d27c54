"""A questionnaire's texts in one language as a file, out to a translator and in again."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.exchange.forms import UploadForm
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.texts_csv import read_texts, write_texts
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.downloads import file_of
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.languages import NAMES, name_of
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from ldtrack.feedback.queries.wording import texts_in
from ldtrack.feedback.service.questionnaires import LONGEST_TEXT, keep_texts
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_HERE = "/bring-in/texts/<id:questionnaire_id>/<language>"


@exchange.route(_HERE, methods=["GET", "POST"])
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def texts_desk(questionnaire_id: int, language: str) -> Any:
    """Take the file, and bring the translated one in: whole, or not at all."""
    session, actor = request_session(), current_actor()
    row = _written_in_another(questionnaire_id, language)
    texts = texts_in(session, row, language)
    form = UploadForm()
    problems: list[Problem] = []
    if form.validate_on_submit():
        known = {text.key: text.original for text in texts}
        read = read_texts(form.file.data.stream.read(), known, longest=LONGEST_TEXT)
        problems = read.problems
        try:
            if not problems:
                keep_texts(session, actor, row.id, language, read.texts, now=clock().now())
                tell(f"{len(read.texts)} texts in {name_of(language)} are kept.")
                return redirect(
                    url_for("feedback.questionnaire_languages", questionnaire_id=row.id), 303
                )
        except RuleBroken as broken:
            form.refuse("file", broken.message)
    page = render_template(
        "exchange/texts.html",
        form=form,
        row=row,
        language=language,
        name=name_of(language),
        problems=problems,
        n_texts=len(texts),
    )
    return page, 422 if form.is_submitted() else 200


@exchange.get(f"{_HERE}/texts.csv")
@guard(Action.WRITE_QUESTIONNAIRE)
def texts_file(questionnaire_id: int, language: str) -> Any:
    """Every text with its translation so far."""
    row = _written_in_another(questionnaire_id, language)
    texts = texts_in(request_session(), row, language)
    return file_of(write_texts(texts), f"questionnaire-{language}.csv")


def _written_in_another(questionnaire_id: int, language: str) -> QuestionnaireRow:
    row = questionnaire_of(request_session(), current_actor(), questionnaire_id)
    if language not in NAMES or language == row.language:
        raise NotVisible
    return row
