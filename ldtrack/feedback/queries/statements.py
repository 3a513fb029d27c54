"""One statement of a report, in the words of the report, for those who may read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import indicators
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.models import Item, Release
from ldtrack.feedback.queries.reports import ShownReport, first_reading, report


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    """What raters scored, and whose report it stands in; `level` is that of its indicator.

    `is_out` says whether the leader has the report.
    """

    release_id: int
    subject_id: int
    person_id: int
    person: str
    cycle: str
    item_id: int
    competency_id: int
    text: str
    level: int | None
    is_out: bool


def statement(session: Session, actor: Actor, release_id: int, item_id: int) -> StatementRow:
    """A statement of a report that the actor may read, else `NotVisible`."""
    shown = _shown(session, actor, release_id)
    results = shown.report.release.competencies
    about = [r.competency_id for r in results if any(i.item_id == item_id for i in r.items)]
    if not about or item_id not in shown.report.items:
        raise NotVisible
    competency_id = int(about[0])
    return StatementRow(
        release_id=release_id,
        subject_id=shown.subject_id,
        person_id=shown.person_id,
        person=shown.person,
        cycle=shown.report.cycle,
        item_id=item_id,
        competency_id=competency_id,
        text=shown.report.items[item_id],
        level=_level(session, item_id, competency_id),
        is_out=shown.released_on is not None,
    )


def _shown(session: Session, actor: Actor, release_id: int) -> ShownReport:
    """The report as the leader has it, or as their coach reads it first."""
    try:
        return report(session, actor, release_id)
    except NotVisible:
        subject_id = session.scalar(select(Release.subject_id).where(Release.id == release_id))
        return first_reading(session, actor, subject_id or 0)


def _level(session: Session, item_id: int, competency_id: int) -> int | None:
    indicator_id = session.scalar(select(Item.indicator_id).where(Item.id == item_id))
    if indicator_id is None:
        return None
    rows = indicators(session, [competency_id])
    return next((row.level for row in rows if row.id == indicator_id), None)
