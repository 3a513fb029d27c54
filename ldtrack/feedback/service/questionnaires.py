"""Making a questionnaire from a framework version."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, IndicatorRow
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.commands import BuildQuestionnaire
from ldtrack.feedback.domain.questions import (
    OPEN_QUESTIONS,
    answer_scale,
    chosen_indicators,
    item_from_definition,
)
from ldtrack.feedback.models import Item, OpenQuestion, Questionnaire


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
    made = Questionnaire(
        title=title,
        framework_version_id=command.framework_version_id,
        lo=lo,
        hi=hi,
        words=list(words),
    )
    session.add(made)
    session.flush()
    level = command.level if command.level is not None else (scale.lo + scale.hi) // 2
    indicators = competencies.indicators(session, [row.id for row in chosen])
    items = _items(chosen, indicators, level, command.per_competency)
    session.add_all(
        Item(
            questionnaire_id=made.id,
            competency_id=competency_id,
            indicator_id=indicator_id,
            text=text,
            position=position,
        )
        for position, (competency_id, indicator_id, text) in enumerate(items)
    )
    session.add_all(
        OpenQuestion(
            questionnaire_id=made.id,
            key=question.key,
            text=question.text,
            hint=question.hint,
            position=position,
        )
        for position, question in enumerate(OPEN_QUESTIONS)
    )
    session.flush()
    return made.id


def _items(
    chosen: list[CompetencyRow], indicators: list[IndicatorRow], level: int, most: int
) -> Iterator[tuple[int, int | None, str]]:
    for row in chosen:
        own = [indicator for indicator in indicators if indicator.competency_id == row.id]
        picked = chosen_indicators(own, level, most)
        for indicator in picked:
            yield row.id, indicator.id, indicator.effective
        if not picked:
            yield row.id, None, item_from_definition(row)
