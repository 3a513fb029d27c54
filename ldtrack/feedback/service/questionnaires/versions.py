"""Versions of a questionnaire: frozen by the first cycle that opens, changed by the next one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict
from ldtrack.core.ids import new_id
from ldtrack.feedback.domain.commands import Statement
from ldtrack.feedback.domain.wording import rekeyed, texts_to
from ldtrack.feedback.models import Cycle, Questionnaire, Translation
from ldtrack.feedback.queries.questionnaires import questionnaire_of, translations
from ldtrack.feedback.service.questionnaires.building import add_questions, item_of, note_change
from ldtrack.feedback.service.questionnaires.editing import editable


def freeze(session: Session, questionnaire_id: int) -> None:
    """Let it never change again, because a cycle asks it; the caller opens the cycle."""
    session.execute(
        update(Questionnaire).where(Questionnaire.id == questionnaire_id).values(frozen=True)
    )


def next_version(session: Session, actor: Actor, questionnaire_id: int, *, now: datetime) -> int:
    """A copy that can be changed; if the series has one already, that one. Returns its id."""
    form = questionnaire_of(session, actor, questionnaire_id)
    newest = session.scalars(
        select(Questionnaire)
        .where(Questionnaire.series == form.series)
        .order_by(Questionnaire.number.desc())
        .with_for_update()
    ).first()
    if newest is not None and not newest.frozen:
        return newest.id
    made = Questionnaire(
        id=new_id(),
        series=form.series,
        number=(newest.number if newest is not None else 0) + 1,
        title=form.title,
        framework_version_id=form.framework_version_id,
        lo=form.lo,
        hi=form.hi,
        words=list(form.words),
        language=form.language,
        most_important=form.most_important,
        then_months=form.then_months,
    )
    session.add(made)
    session.flush()
    items: dict[int, int] = {}
    for place, item in enumerate(form.items):
        statement = Statement(text=item.text, weight=item.weight, indicator_id=item.indicator_id)
        copy = item_of(made.id, item.competency_id, statement, place)
        copy.id = items[item.id] = new_id()
        session.add(copy)
    add_questions(session, made.id, form.questions)
    session.add_all(
        Translation(
            questionnaire_id=made.id, language=language, texts=texts_to(rekeyed(texts, items))
        )
        for language, texts in translations(session, questionnaire_id).items()
    )
    session.flush()
    note_change(session, actor, "next_version", made.id, now)
    return made.id


def drop_questionnaire(
    session: Session, actor: Actor, questionnaire_id: int, *, now: datetime
) -> None:
    """Delete one that no cycle asks and none has opened with."""
    found = editable(session, actor, questionnaire_id)
    used = select(func.count()).where(Cycle.questionnaire_id == questionnaire_id)
    if session.scalar(used):
        raise Conflict("A cycle asks this questionnaire; choose another one there first.")
    session.delete(found)
    session.flush()
    note_change(session, actor, "delete", questionnaire_id, now)
