"""Changing a questionnaire that no cycle has opened with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import queries as competencies
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.feedback.domain.asked import QuestionRow
from ldtrack.feedback.domain.commands import QuestionnaireSettings, Statement
from ldtrack.feedback.domain.editing import (
    check_questions,
    check_statements,
    check_words,
    moved_one,
)
from ldtrack.feedback.models import Item, OpenQuestion, Questionnaire
from ldtrack.feedback.queries.questionnaires import require_author
from ldtrack.feedback.service.questionnaires.building import (
    add_questions,
    item_of,
    note_change,
    statements_of,
)


def change_settings(
    session: Session,
    actor: Actor,
    questionnaire_id: int,
    command: QuestionnaireSettings,
    *,
    now: datetime,
) -> None:
    """Change what holds for the whole questionnaire."""
    found = editable(session, actor, questionnaire_id)
    check_words(command.words, found.hi - found.lo + 1)
    found.title, found.language = command.title, command.language
    found.words = list(command.words)
    found.most_important, found.then_months = command.most_important, command.then_months
    session.flush()
    note_change(session, actor, "change", questionnaire_id, now)


def change_section(
    session: Session,
    actor: Actor,
    questionnaire_id: int,
    competency_id: int | None,
    statements: Sequence[Statement],
    *,
    now: datetime,
) -> None:
    """Let the section have these statements in this order; None is the derailers' section.

    Statements keep their id, and with it their translations. A section without any is gone.
    """
    editable(session, actor, questionnaire_id)
    items = _items(session, questionnaire_id)
    own = {item.id: item for item in items if item.competency_id == competency_id}
    others = [item for item in items if item.id not in own]
    if {s.item_id for s in statements if s.item_id is not None} - set(own):
        raise Conflict("This section was changed in the meantime. Look at it again.")
    check_statements(statements, len(others), any(i.competency_id is not None for i in others))
    kept: list[Item] = []
    for statement in statements:
        item = own.get(statement.item_id or 0)
        if item is None:
            item = item_of(questionnaire_id, competency_id, statement, 0)
        item.text, item.weight = statement.text, statement.weight
        kept.append(item)
    gone = set(own) - {statement.item_id for statement in statements}
    _store_order(session, items, _in_place(items, own, kept), gone)
    note_change(session, actor, "change", questionnaire_id, now)


def add_sections(
    session: Session,
    actor: Actor,
    questionnaire_id: int,
    competency_ids: Collection[int],
    *,
    per_competency: int,
    now: datetime,
) -> None:
    """Ask about more competencies of the same framework, each with statements to begin with."""
    found = editable(session, actor, questionnaire_id)
    items = _items(session, questionnaire_id)
    here = {item.competency_id for item in items}
    version = found.framework_version_id
    scale = competencies.scale(session, version)
    chosen = [
        row
        for row in competencies.competencies(session, version)
        if row.id in competency_ids and row.id not in here
    ]
    indicators = competencies.indicators(session, [row.id for row in chosen])
    level = (scale.lo + scale.hi) // 2
    new = [
        item_of(questionnaire_id, competency_id, statement, 0)
        for competency_id, statement in statements_of(chosen, indicators, level, per_competency)
    ]
    check_statements([Statement(text=item.text) for item in new], len(items), True)
    _store_order(session, items, [*items, *new], set())
    note_change(session, actor, "change", questionnaire_id, now)


def move_section(
    session: Session,
    actor: Actor,
    questionnaire_id: int,
    competency_id: int,
    *,
    up: bool,
    now: datetime,
) -> None:
    """Ask about a competency one place earlier or later; at the end nothing happens."""
    editable(session, actor, questionnaire_id)
    items = _items(session, questionnaire_id)
    asked = [item.competency_id for item in items if item.competency_id is not None]
    order = list(dict.fromkeys(asked))
    if competency_id not in order:
        raise NotVisible
    order = list(moved_one(order, order.index(competency_id), up=up))
    placed = [item for id_ in (*order, None) for item in items if item.competency_id == id_]
    _store_order(session, items, placed, set())
    note_change(session, actor, "change", questionnaire_id, now)


def change_questions(
    session: Session,
    actor: Actor,
    questionnaire_id: int,
    questions: Sequence[QuestionRow],
    *,
    now: datetime,
) -> None:
    """Let these be the open questions, in this order."""
    editable(session, actor, questionnaire_id)
    check_questions(questions)
    session.execute(delete(OpenQuestion).where(OpenQuestion.questionnaire_id == questionnaire_id))
    add_questions(session, questionnaire_id, questions)
    session.flush()
    note_change(session, actor, "change", questionnaire_id, now)


def editable(session: Session, actor: Actor, questionnaire_id: int) -> Questionnaire:
    """The questionnaire, held until the transaction ends; `Conflict` if it is frozen."""
    require_author(actor)
    found = session.scalars(
        select(Questionnaire).where(Questionnaire.id == questionnaire_id).with_for_update()
    ).first()
    if found is None:
        raise NotVisible
    if found.frozen:
        raise Conflict("A cycle has opened with this version, so it stays as it is.")
    return found


def _items(session: Session, questionnaire_id: int) -> list[Item]:
    wanted = select(Item).where(Item.questionnaire_id == questionnaire_id)
    return list(session.scalars(wanted.order_by(Item.position)))


def _in_place(items: Sequence[Item], own: Collection[int], kept: Sequence[Item]) -> list[Item]:
    """All items, with `kept` where the first of its section's `own` stood, or at the end."""
    first = next((place for place, item in enumerate(items) if item.id in own), len(items))
    before = [item for item in items[:first] if item.id not in own]
    after = [item for item in items[first:] if item.id not in own]
    return [*before, *kept, *after]


def _store_order(
    session: Session, before: Sequence[Item], order: Sequence[Item], gone: Collection[int | None]
) -> None:
    """Store the items in this order; their places are freed first, for no two may share one."""
    if before:
        session.execute(
            update(Item)
            .where(Item.questionnaire_id == before[0].questionnaire_id)
            .values(position=-1 - Item.position)
        )
    session.execute(delete(Item).where(Item.id.in_(gone)))
    for place, item in enumerate(order):
        item.position = place
    session.add_all(order)
    session.flush()
