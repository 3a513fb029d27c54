"""Writing questionnaires: made from a framework, edited, translated, kept in versions."""

from ldtrack.feedback.service.questionnaires.building import (
    build_questionnaire,
    new_questionnaire,
    start_from,
    write_questionnaire,
)
from ldtrack.feedback.service.questionnaires.editing import (
    add_sections,
    change_questions,
    change_section,
    change_settings,
    move_section,
)
from ldtrack.feedback.service.questionnaires.taking_in import (
    GivenQuestionnaire,
    take_in_questionnaire,
)
from ldtrack.feedback.service.questionnaires.translating import (
    LONGEST_TEXT,
    drop_language,
    keep_texts,
)
from ldtrack.feedback.service.questionnaires.versions import (
    drop_questionnaire,
    freeze,
    next_version,
)

__all__ = [
    "LONGEST_TEXT",
    "GivenQuestionnaire",
    "add_sections",
    "build_questionnaire",
    "change_questions",
    "change_section",
    "change_settings",
    "drop_language",
    "drop_questionnaire",
    "freeze",
    "keep_texts",
    "move_section",
    "new_questionnaire",
    "next_version",
    "start_from",
    "take_in_questionnaire",
    "write_questionnaire",
]
