"""What is asked: one questionnaire, HR's library of them, and texts in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.asked import (
    ItemRow,
    LibraryRow,
    QuestionnaireRow,
    QuestionRow,
)
from ldtrack.feedback.domain.wording import Texts, texts_from
from ldtrack.feedback.models import Cycle, Item, OpenQuestion, Questionnaire, Translation


def require_author(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor writes questionnaires."""
    policy.require(actor, Action.WRITE_QUESTIONNAIRE, Facts(organisation_id=actor.organisation_id))


def library(session: Session, actor: Actor) -> list[LibraryRow]:
    """The latest version of every questionnaire, by title."""
    require_author(actor)
    latest = (
        select(Questionnaire.series, func.max(Questionnaire.number).label("number"))
        .group_by(Questionnaire.series)
        .subquery()
    )
    rows = session.scalars(
        select(Questionnaire)
        .join(
            latest,
            (latest.c.series == Questionnaire.series) & (latest.c.number == Questionnaire.number),
        )
        .order_by(func.lower(Questionnaire.title), Questionnaire.id)
    ).all()
    return _lines(session, rows)


def titles_on(
    session: Session, actor: Actor, framework_version_id: int
) -> list[tuple[int, int, str]]:
    """Id, series and title of the latest version of each questionnaire on an edition, by title."""
    require_author(actor)
    rows = session.execute(
        select(Questionnaire.series, Questionnaire.id, Questionnaire.title)
        .where(Questionnaire.framework_version_id == framework_version_id)
        .order_by(Questionnaire.number)
    )
    latest = {row.series: (row.id, row.series, row.title) for row in rows}
    return sorted(latest.values(), key=lambda row: (row[2].casefold(), row[0]))


def versions(session: Session, actor: Actor, series: int) -> list[LibraryRow]:
    """All versions of a questionnaire, the newest first."""
    require_author(actor)
    rows = session.scalars(
        select(Questionnaire)
        .where(Questionnaire.series == series)
        .order_by(Questionnaire.number.desc())
    ).all()
    return _lines(session, rows)


def questionnaire_of(session: Session, actor: Actor, questionnaire_id: int) -> QuestionnaireRow:
    """One of them for whoever writes them, else `NotVisible`."""
    require_author(actor)
    if session.scalar(select(Questionnaire.id).where(Questionnaire.id == questionnaire_id)) is None:
        raise NotVisible
    return questionnaire(session, questionnaire_id)


def questionnaire(session: Session, questionnaire_id: int) -> QuestionnaireRow:
    """A questionnaire with its items and questions; for whoever may see its cycle."""
    found = session.scalars(select(Questionnaire).where(Questionnaire.id == questionnaire_id)).one()
    items = session.scalars(
        select(Item).where(Item.questionnaire_id == questionnaire_id).order_by(Item.position)
    )
    questions = session.scalars(
        select(OpenQuestion)
        .where(OpenQuestion.questionnaire_id == questionnaire_id)
        .order_by(OpenQuestion.position)
    )
    return QuestionnaireRow(
        id=found.id,
        title=found.title,
        lo=found.lo,
        hi=found.hi,
        words=tuple(found.words),
        items=tuple(
            ItemRow(
                id=i.id,
                competency_id=i.competency_id,
                text=i.text,
                weight=i.weight,
                indicator_id=i.indicator_id,
            )
            for i in items
        ),
        questions=tuple(QuestionRow(key=q.key, text=q.text, hint=q.hint) for q in questions),
        framework_version_id=found.framework_version_id,
        series=found.series,
        number=found.number,
        frozen=found.frozen,
        language=found.language,
        most_important=found.most_important,
        then_months=found.then_months,
    )


def used_in(session: Session, actor: Actor, questionnaire_id: int) -> list[tuple[int, str]]:
    """Ids and names of the cycles that ask it, the newest first."""
    require_author(actor)
    rows = session.execute(
        select(Cycle.id, Cycle.name)
        .where(Cycle.questionnaire_id == questionnaire_id)
        .order_by(Cycle.opens_on.desc(), Cycle.name)
    )
    return [(cycle_id, name) for cycle_id, name in rows]


def languages(session: Session, questionnaire_id: int) -> tuple[str, ...]:
    """The languages into which it is translated."""
    return tuple(
        session.scalars(
            select(Translation.language)
            .where(Translation.questionnaire_id == questionnaire_id)
            .order_by(Translation.language)
        )
    )


def translations(session: Session, questionnaire_id: int) -> dict[str, Texts]:
    """All its texts in other languages."""
    rows = session.scalars(
        select(Translation)
        .where(Translation.questionnaire_id == questionnaire_id)
        .order_by(Translation.language)
    )
    return {row.language: texts_from(row.texts) for row in rows}


def _lines(session: Session, rows: Iterable[Questionnaire]) -> list[LibraryRow]:
    found = list(rows)
    ids = [row.id for row in found]
    items = _counts(session, ids, Item)
    cycles = _counts(session, ids, Cycle)
    spoken: dict[int, list[str]] = {}
    for id_, language in session.execute(
        select(Translation.questionnaire_id, Translation.language)
        .where(Translation.questionnaire_id.in_(ids))
        .order_by(Translation.language)
    ):
        spoken.setdefault(id_, []).append(language)
    return [
        LibraryRow(
            id=row.id,
            title=row.title,
            number=row.number,
            frozen=row.frozen,
            framework_version_id=row.framework_version_id,
            n_items=items.get(row.id, 0),
            n_cycles=cycles.get(row.id, 0),
            languages=(row.language, *spoken.get(row.id, ())),
        )
        for row in found
    ]


def _counts(
    session: Session, ids: Iterable[int], table: type[Item] | type[Cycle]
) -> Mapping[int, int]:
    rows = session.execute(
        select(table.questionnaire_id, func.count())
        .where(table.questionnaire_id.in_(ids))
        .group_by(table.questionnaire_id)
    )
    return dict(rows.all())
