"""Editions of frameworks and their scales; everybody may read what is no draft."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import FrameworkRow, Level, OriginRow, ScaleRow, VersionState
from ldtrack.competencies.models import (
    BehaviouralIndicator,
    Competency,
    Framework,
    FrameworkVersion,
    ProficiencyLevel,
)
from ldtrack.core.errors import NotVisible


def frameworks(session: Session) -> list[FrameworkRow]:
    """Every version of every framework but drafts, by title."""
    return [row for row in every_edition(session) if row.state is not VersionState.DRAFT]


def published_frameworks(session: Session) -> list[FrameworkRow]:
    """The versions that something new may be built on, by title."""
    return [row for row in every_edition(session) if row.state is VersionState.PUBLISHED]


def visible_frameworks(session: Session, actor: Actor) -> list[FrameworkRow]:
    """The versions that the actor may read: drafts are for those who write them."""
    writes = policy.could(actor, Action.WRITE_FRAMEWORK)
    return every_edition(session) if writes else frameworks(session)


def visible_framework(session: Session, actor: Actor, framework_version_id: int) -> FrameworkRow:
    """One version that the actor may read, else `NotVisible`."""
    for row in visible_frameworks(session, actor):
        if row.framework_version_id == framework_version_id:
            return row
    raise NotVisible


def every_edition(session: Session) -> list[FrameworkRow]:
    """Every version of every framework, drafts among them, by title and then by age."""
    competencies = (
        select(func.count())
        .where(Competency.framework_version_id == FrameworkVersion.id)
        .scalar_subquery()
    )
    indicators = (
        select(func.count())
        .select_from(BehaviouralIndicator)
        .join(Competency, Competency.id == BehaviouralIndicator.competency_id)
        .where(Competency.framework_version_id == FrameworkVersion.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Framework, FrameworkVersion, competencies, indicators)
        .join(FrameworkVersion, FrameworkVersion.framework_id == Framework.id)
        .order_by(
            Framework.title,
            FrameworkVersion.published_at.is_(None),
            FrameworkVersion.published_at,
            FrameworkVersion.id,
        )
    )
    return [
        FrameworkRow(
            framework_id=framework.id,
            framework_version_id=version.id,
            key=framework.key,
            title=framework.title,
            version=version.version,
            publisher=framework.publisher,
            state=VersionState(version.state),
            licence=version.licence,
            attribution=version.attribution,
            n_competencies=n_competencies,
            n_indicators=n_indicators,
            published_at=version.published_at,
        )
        for framework, version, n_competencies, n_indicators in rows
    ]


def framework(session: Session, framework_version_id: int) -> FrameworkRow:
    """One version that is no draft, else `NotVisible`."""
    for row in frameworks(session):
        if row.framework_version_id == framework_version_id:
            return row
    raise NotVisible


def framework_titles(session: Session, version_ids: Collection[int]) -> dict[int, str]:
    """What the frameworks of these editions are called."""
    if not version_ids:
        return {}
    rows = session.execute(
        select(FrameworkVersion.id, Framework.title)
        .join(Framework, Framework.id == FrameworkVersion.framework_id)
        .where(FrameworkVersion.id.in_(version_ids))
    )
    return dict(rows.all())


def draft_beside(session: Session, row: FrameworkRow) -> int | None:
    """The draft of the same framework, if there is one."""
    return session.scalar(
        select(FrameworkVersion.id).where(
            FrameworkVersion.framework_id == row.framework_id,
            FrameworkVersion.state == VersionState.DRAFT,
        )
    )


def origins(session: Session) -> dict[int, OriginRow]:
    """Where each framework version is from."""
    return {
        version.id: OriginRow(
            language=version.language, notes=version.notes, sources=tuple(version.sources)
        )
        for version in session.scalars(select(FrameworkVersion))
    }


def scale(session: Session, framework_version_id: int) -> ScaleRow:
    """The ordered levels of a version, else `NotVisible`."""
    found = scales(session, {framework_version_id})
    if framework_version_id not in found:
        raise NotVisible
    return found[framework_version_id]


def scales(session: Session, framework_version_ids: Iterable[int]) -> dict[int, ScaleRow]:
    """The ordered levels of several versions."""
    levels: dict[int, list[Level]] = {}
    for row in session.scalars(
        select(ProficiencyLevel)
        .where(ProficiencyLevel.framework_version_id.in_(sorted(set(framework_version_ids))))
        .order_by(ProficiencyLevel.value)
    ):
        level = Level(value=row.value, label=row.label, meaning=row.meaning)
        levels.setdefault(row.framework_version_id, []).append(level)
    return {version_id: ScaleRow(levels=tuple(found)) for version_id, found in levels.items()}
