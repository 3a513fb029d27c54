"""Making a questionnaire from a framework version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, IndicatorRow
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.feedback.domain.asked import QuestionRow
from ldtrack.feedback.domain.commands import BuildQuestionnaire, Statement
from ldtrack.feedback.domain.questions import (
    OPEN_QUESTIONS,
    answer_scale,
    chosen_indicators,
    item_from_definition,
    starter_length,
)
from ldtrack.feedback.models import Item, OpenQuestion, Questionnaire
from ldtrack.feedback.queries.questionnaires import require_author


def write_questionnaire(
    session: Session, actor: Actor, title: str, command: BuildQuestionnaire, *, now: datetime
) -> int:
    """Make a questionnaire for the library. Returns its id."""
    require_author(actor)
    made = build_questionnaire(session, title, command)
    note_change(session, actor, "create", made, now)
    return made


def start_from(session: Session, actor: Actor, framework_version_id: int, *, now: datetime) -> int:
    """Make the starter of a framework version: all of it, as long as people answer with care."""
    title = competencies.framework(session, framework_version_id).title
    rows = competencies.competencies(session, framework_version_id)
    command = BuildQuestionnaire(
        framework_version_id=framework_version_id,
        competency_ids=tuple(row.id for row in rows),
        per_competency=starter_length(len(rows)),
    )
    return write_questionnaire(session, actor, f"{title}: starter"[:200], command, now=now)


def build_questionnaire(session: Session, title: str, command: BuildQuestionnaire) -> int:
    """Store items for the chosen competencies, in the framework's order. Returns its id."""
    scale = competencies.scale(session, command.framework_version_id)
    chosen = [
        row
        for row in competencies.competencies(session, command.framework_version_id)
        if row.id in command.competency_ids
    ]
    if not chosen:
        raise RuleBroken("competency_ids", "Choose at least one competency to ask about.")
    lo, hi, words = answer_scale(scale, plain=command.plain_scale)
    made = new_questionnaire(title, command.framework_version_id, lo, hi, words)
    session.add(made)
    session.flush()
    level = command.level if command.level is not None else (scale.lo + scale.hi) // 2
    indicators = competencies.indicators(session, [row.id for row in chosen])
    statements = statements_of(chosen, indicators, level, command.per_competency)
    session.add_all(
        item_of(made.id, competency_id, statement, position)
        for position, (competency_id, statement) in enumerate(statements)
    )
    add_questions(session, made.id, OPEN_QUESTIONS)
    session.flush()
    return made.id


def new_questionnaire(
    title: str, framework_version_id: int, lo: int, hi: int, words: Iterable[str]
) -> Questionnaire:
    """The first version of a questionnaire, without items."""
    id_ = new_id()
    return Questionnaire(
        id=id_,
        series=id_,
        title=title,
        framework_version_id=framework_version_id,
        lo=lo,
        hi=hi,
        words=list(words),
    )


def item_of(
    questionnaire_id: int, competency_id: int | None, statement: Statement, position: int
) -> Item:
    """A statement as it is stored."""
    return Item(
        questionnaire_id=questionnaire_id,
        competency_id=competency_id,
        indicator_id=statement.indicator_id,
        text=statement.text,
        weight=statement.weight,
        position=position,
    )


def add_questions(
    session: Session, questionnaire_id: int, questions: Iterable[QuestionRow]
) -> None:
    """Store open questions in this order."""
    session.add_all(
        OpenQuestion(
            questionnaire_id=questionnaire_id,
            key=question.key,
            text=question.text,
            hint=question.hint,
            position=position,
        )
        for position, question in enumerate(questions)
    )


def statements_of(
    chosen: Iterable[CompetencyRow], indicators: Collection[IndicatorRow], level: int, most: int
) -> Iterator[tuple[int, Statement]]:
    """Statements from indicators at the level; from the definition where there are none."""
    for row in chosen:
        own = [indicator for indicator in indicators if indicator.competency_id == row.id]
        picked = chosen_indicators(own, level, most)
        for indicator in picked:
            yield row.id, Statement(text=indicator.effective, indicator_id=indicator.id)
        if not picked:
            yield row.id, Statement(text=item_from_definition(row))


def note_change(
    session: Session, actor: Actor, act: str, questionnaire_id: int, now: datetime
) -> None:
    """Record who did what with a questionnaire."""
    note(
        session,
        account_id=actor.account_id,
        action=f"feedback.questionnaire:{act}",
        thing="questionnaire",
        thing_id=questionnaire_id,
        happened_at=now,
    )
