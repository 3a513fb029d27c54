"""Taking in a questionnaire that was written elsewhere, statement by statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competencies
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.asked import QuestionRow
from ldtrack.feedback.domain.commands import Statement
from ldtrack.feedback.domain.editing import check_questions, check_statements, check_words
from ldtrack.feedback.queries.questionnaires import require_author
from ldtrack.feedback.service.questionnaires.building import (
    add_questions,
    item_of,
    new_questionnaire,
    note_change,
)


@dataclass(frozen=True, kw_only=True)
class GivenQuestionnaire:
    """What is asked, on a scale from `lo` to `hi`; each statement with its competency, if any."""

    title: str
    framework_version_id: int
    language: str
    lo: int
    hi: int
    words: tuple[str, ...]
    statements: tuple[tuple[int | None, Statement], ...]
    questions: tuple[QuestionRow, ...]


def take_in_questionnaire(
    session: Session, actor: Actor, given: GivenQuestionnaire, *, now: datetime
) -> int:
    """Store it in the library, not yet asked by any cycle. Returns its id."""
    require_author(actor)
    check_words(given.words, given.hi - given.lo + 1)
    check_statements([statement for _, statement in given.statements], 0, others_ask=False)
    check_questions(given.questions)
    known = {row.id for row in competencies(session, given.framework_version_id)}
    if not known.issuperset(one for one, _ in given.statements if one is not None):
        raise RuleBroken("statements", "Ask about competencies of the questionnaire’s framework.")
    made = new_questionnaire(
        given.title, given.framework_version_id, given.lo, given.hi, given.words
    )
    made.language = given.language
    session.add(made)
    session.flush()
    session.add_all(
        item_of(made.id, competency_id, statement, position)
        for position, (competency_id, statement) in enumerate(given.statements)
    )
    add_questions(session, made.id, given.questions)
    session.flush()
    note_change(session, actor, "create", made.id, now)
    return made.id
