"""How a questionnaire reads: in which languages, and what its screens are called."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from ldtrack.competencies.queries import competencies_named
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.languages import preferred
from ldtrack.feedback.domain.steps import Step, StepKind
from ldtrack.feedback.domain.wording import Wording, in_language
from ldtrack.feedback.queries.questionnaires import translations

_TITLES = {
    StepKind.DERAILERS: "Habits that can get in the way",
    StepKind.IMPORTANCE: "What matters most",
    StepKind.WORDS: "In your own words",
}


def original(session: Session, form: QuestionnaireRow) -> Wording:
    """The questionnaire as it was written."""
    named = competencies_named(session, form.competency_ids)
    return Wording(
        language=form.language,
        form=form,
        competencies=tuple(named[id_] for id_ in form.competency_ids),
    )


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
    return wording, offered


def step_title(step: Step, wording: Wording) -> str:
    """What the screen is called."""
    if step.competency_id is None:
        return _TITLES[step.kind]
    name = next(row.name for row in wording.competencies if row.id == step.competency_id)
    return f"Looking back: {name}" if step.kind is StepKind.THEN else name
