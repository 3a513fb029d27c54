"""What is asked: one questionnaire, HR's library of them, and texts in other languages."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, Select, func, select
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
    return _lines(
        session,
        select(Questionnaire)
        .join(
            latest,
            (latest.c.series == Questionnaire.series) & (latest.c.number == Questionnaire.number),
        )
        .order_by(func.lower(Questionnaire.title), Questionnaire.id),
    )


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
    return _lines(
        session,
        select(Questionnaire)
        .where(Questionnaire.series == series)
        .order_by(Questionnaire.number.desc()),
    )


def questionnaire_of(session: Session, actor: Actor, questionnaire_id: int) -> QuestionnaireRow:
    """One of them for whoever writes them, else `NotVisible`."""
    require_author(actor)
    return questionnaire(session, questionnaire_id)


def questionnaire(session: Session, questionnaire_id: int) -> QuestionnaireRow:
    """A questionnaire with its items and questions, for whoever may see its cycle.

    `NotVisible` if there is none.
    """
    found = session.scalars(
        select(Questionnaire).where(Questionnaire.id == questionnaire_id)
    ).one_or_none()
    if found is None:
        raise NotVisible
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


def _lines(session: Session, wanted: Select[Questionnaire]) -> list[LibraryRow]:
    found = session.execute(wanted.add_columns(_n_of(Item), _n_of(Cycle))).all()
    spoken: dict[int, list[str]] = {}
    for id_, language in session.execute(
        select(Translation.questionnaire_id, Translation.language)
        .where(Translation.questionnaire_id.in_([row.id for row, *_ in found]))
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
            n_items=n_items,
            n_cycles=n_cycles,
            languages=(row.language, *spoken.get(row.id, ())),
        )
        for row, n_items, n_cycles in found
    ]


def _n_of(table: type[Item] | type[Cycle]) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(table)
        .where(table.questionnaire_id == Questionnaire.id)
        .scalar_subquery()
    )
