"""A questionnaire as it reads, in the language it was written in or in another one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from ldtrack.competencies.queries import competencies_named
from ldtrack.feedback.domain import phrases
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.languages import preferred
from ldtrack.feedback.domain.wording import Text, Wording, in_language, texts_of, worded, written
from ldtrack.feedback.queries.questionnaires import translations


def original(session: Session, form: QuestionnaireRow) -> Wording:
    """The questionnaire as it was written."""
    named = competencies_named(session, form.competency_ids)
    return written(form, [named[id_] for id_ in form.competency_ids])


def read_in(
    session: Session, form: QuestionnaireRow, wanted: Iterable[str]
) -> tuple[Wording, tuple[str, ...]]:
    """The questionnaire in the first wanted language that it is there in, and all of these."""
    texts = translations(session, form.id)
    offered = (form.language, *(language for language in texts if language != form.language))
    language = preferred(offered, wanted)
    wording = original(session, form)
    if language != form.language:
        wording = in_language(wording, language, texts[language])
    return worded(wording, phrases.in_language(language)), offered


def texts_in(session: Session, form: QuestionnaireRow, language: str) -> tuple[Text, ...]:
    """Every text of the questionnaire with its translation so far."""
    texts = translations(session, form.id).get(language, {})
    return texts_of(original(session, form), texts)
