"""One questionnaire for each programme, asked in every round, so that rounds can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, words
from ldtrack.feedback.domain.commands import (
    BuildQuestionnaire,
    QuestionnaireSettings,
    Statement,
)
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from ldtrack.feedback.queries.wording import texts_in
from ldtrack.feedback.service.questionnaires import (
    change_section,
    change_settings,
    keep_texts,
    write_questionnaire,
)

_MOST_IMPORTANT = 3
_LOOKS_BACK = 12
_FEW = 12
"""Leaders who have more statements than this to answer are not asked each of them twice."""


def questionnaire_for(scene: Scene, programme: Programme, now: datetime) -> int:
    """The programme's questionnaire, written when it is first asked for. Returns its id."""
    if programme.key not in scene.questionnaire:
        scene.questionnaire[programme.key] = _written(scene, programme, now)
    return scene.questionnaire[programme.key]


def _written(scene: Scene, programme: Programme, now: datetime) -> int:
    session, hr = scene.session, scene.hr
    setting = scene.settings[programme.key]
    build = BuildQuestionnaire(
        framework_version_id=setting.framework_version_id,
        competency_ids=tuple(setting.competency[key] for key in programme.targets),
        level=programme.item_level,
    )
    made = write_questionnaire(session, hr, f"360 for {programme.title.lower()}", build, now=now)
    said = words("questionnaires")
    derailers = [Statement(text=text) for text in said["derailers"]]
    change_section(session, hr, made, None, derailers, now=now)
    form = questionnaire_of(session, hr, made)
    settings = QuestionnaireSettings(
        title=form.title,
        language=form.language,
        words=form.words,
        most_important=_MOST_IMPORTANT,
        then_months=_LOOKS_BACK if len(form.items) <= _FEW else None,
    )
    change_settings(session, hr, made, settings, now=now)
    texts = texts_in(session, form, "de")
    german = {text.key: _in_german(text.original, said["german"]) for text in texts}
    if all(german.values()):
        keep_texts(session, hr, made, "de", german, now=now)
    return made


def _in_german(text: str, german: Mapping[str, str]) -> str:
    name, colon, definition = text.partition(": ")
    if text in german or not colon:
        return german.get(text, "")
    both = name in german and definition in german
    return f"{german[name]}: {german[definition]}" if both else ""
