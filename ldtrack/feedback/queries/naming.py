"""Which questionnaires ask about an edition of a framework, for whoever changes it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.feedback.models import Questionnaire


def questionnaires_by(session: Session, framework_version_id: int) -> list[tuple[int, str]]:
    """The newest of each questionnaire that is built on the edition, by title: id and title."""
    rows = session.execute(
        select(Questionnaire.series, Questionnaire.id, Questionnaire.title)
        .where(Questionnaire.framework_version_id == framework_version_id)
        .order_by(Questionnaire.title, Questionnaire.series, Questionnaire.number.desc())
    )
    newest: dict[int, tuple[int, str]] = {}
    for series, id_, title in rows:
        newest.setdefault(series, (id_, title))
    return list(newest.values())
