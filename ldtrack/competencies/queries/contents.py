"""Competencies with their indicators, singly or as a whole edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ScalarSelect, Select, SQLColumnExpression, or_, select, true
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import (
    CompetencyRow,
    DomainRow,
    Edition,
    IndicatorRow,
    Level,
    ScaleRow,
    VersionState,
)
from ldtrack.competencies.models import (
    BehaviouralIndicator,
    Competency,
    Domain,
    Framework,
    FrameworkVersion,
    ProficiencyLevel,
)
from ldtrack.competencies.queries.editions import scales
from ldtrack.core.errors import NotVisible

_IS_NO_DRAFT = Competency.framework_version_id.in_(
    select(FrameworkVersion.id).where(FrameworkVersion.state != VersionState.DRAFT)
)
_IN_ORDER = (Competency.framework_version_id, Domain.position, Competency.position)


def competencies(session: Session, framework_version_id: int) -> list[CompetencyRow]:
    """A version's competencies in its own order."""
    return _rows(session, _wanted().where(Competency.framework_version_id == framework_version_id))


def competency(session: Session, competency_id: int) -> CompetencyRow:
    """One competency that is not of a draft, else `NotVisible`."""
    found = competencies_named(session, {competency_id})
    if competency_id not in found:
        raise NotVisible
    return found[competency_id]


def visible_competency(session: Session, actor: Actor, competency_id: int) -> CompetencyRow:
    """One competency that the actor may read: those of drafts are for those who write them."""
    if not policy.could(actor, Action.WRITE_FRAMEWORK):
        return competency(session, competency_id)
    found = _rows(session, _wanted().where(Competency.id == competency_id))
    if not found:
        raise NotVisible
    return found[0]


def competencies_named(session: Session, ids: Iterable[int]) -> dict[int, CompetencyRow]:
    """Competencies by id, in the order of their frameworks; none of a draft."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = _rows(session, _wanted().where(Competency.id.in_(wanted), _IS_NO_DRAFT))
    return {row.id: row for row in rows}


def competencies_beside(session: Session, ids: Iterable[int]) -> list[CompetencyRow]:
    """These and all others of their frameworks, in the order of those; none of a draft."""
    of_these = select(Competency.framework_version_id).where(Competency.id.in_(sorted(set(ids))))
    wanted = _wanted().where(Competency.framework_version_id.in_(of_these), _IS_NO_DRAFT)
    return _rows(session, wanted)


def competency_name_of(competency_id: SQLColumnExpression[int | None]) -> ScalarSelect[str]:
    """The name of what a column names, as a part of another room's statement."""
    return select(Competency.name).where(Competency.id == competency_id).scalar_subquery()


def competencies_on_offer(
    session: Session, kept: Collection[int] = ()
) -> list[tuple[CompetencyRow, str]]:
    """What something new may be about: each competency with its domain, and its edition if several.

    Those of a retired edition are there only where `kept` names one of them.
    """
    named = select(Competency.framework_version_id).where(Competency.id.in_(sorted(kept)))
    version = FrameworkVersion
    rows = session.execute(
        select(Competency, Domain.name, Framework.title, version.version)
        .join(Domain, Domain.id == Competency.domain_id)
        .join(version, version.id == Competency.framework_version_id)
        .join(Framework, Framework.id == version.framework_id)
        .where(
            version.state != VersionState.DRAFT,
            or_(version.state == VersionState.PUBLISHED, version.id.in_(named)),
        )
        .order_by(
            Framework.title,
            version.published_at.is_(None),
            version.published_at,
            version.id,
            Domain.position,
            Competency.position,
        )
    ).all()
    several = len({row.framework_version_id for row, *_ in rows}) > 1
    return [
        (_row(row, domain), f"{title}, {edition}: {domain}" if several else domain)
        for row, domain, title, edition in rows
    ]


def with_scales(
    session: Session, ids: Iterable[int], *, drafts: bool = False
) -> tuple[dict[int, CompetencyRow], dict[int, ScaleRow]]:
    """Competencies by id in the order of their frameworks, and the scales of those by version.

    None of a draft, unless whoever asks writes them. One statement, for the many pages that need
    both.
    """
    wanted = sorted(set(ids))
    rows: dict[int, CompetencyRow] = {}
    levels: dict[int, dict[int, Level]] = {}
    if wanted:
        for found, domain, level in session.execute(
            select(Competency, Domain.name, ProficiencyLevel)
            .join(Domain, Domain.id == Competency.domain_id)
            .join(
                ProficiencyLevel,
                ProficiencyLevel.framework_version_id == Competency.framework_version_id,
            )
            .where(Competency.id.in_(wanted), true() if drafts else _IS_NO_DRAFT)
            .order_by(*_IN_ORDER, ProficiencyLevel.value)
        ):
            if found.id not in rows:
                rows[found.id] = _row(found, domain)
            levels.setdefault(found.framework_version_id, {}).setdefault(
                level.value, Level(value=level.value, label=level.label, meaning=level.meaning)
            )
    return rows, {
        version_id: ScaleRow(levels=tuple(found.values())) for version_id, found in levels.items()
    }


def with_scale(session: Session, competency_id: int) -> tuple[CompetencyRow, ScaleRow]:
    """One competency that is not of a draft, with the levels of its version; else `NotVisible`."""
    rows, scales = with_scales(session, {competency_id})
    if competency_id not in rows:
        raise NotVisible
    return rows[competency_id], scales[rows[competency_id].framework_version_id]


def competencies_by_key(session: Session, framework_version_id: int) -> dict[str, int]:
    """Ids of a version's competencies by their keys."""
    return {row.key: row.id for row in competencies(session, framework_version_id)}


def indicators(session: Session, competency_ids: Iterable[int]) -> list[IndicatorRow]:
    """Indicators of the competencies, by level and place."""
    rows = session.scalars(
        select(BehaviouralIndicator)
        .where(BehaviouralIndicator.competency_id.in_(sorted(set(competency_ids))))
        .order_by(
            BehaviouralIndicator.competency_id,
            BehaviouralIndicator.level,
            BehaviouralIndicator.position,
        )
    )
    return [_indicator(row) for row in rows]


def indicator(session: Session, indicator_id: int) -> IndicatorRow:
    """One indicator, else `NotVisible`."""
    row = session.get(BehaviouralIndicator, indicator_id)
    if row is None:
        raise NotVisible
    return _indicator(row)


def edition(session: Session, framework_version_id: int) -> Edition:
    """All that one version says. Four statements, whatever its size."""
    return editions_said(session, {framework_version_id})[framework_version_id]


def editions_said(session: Session, framework_version_ids: Collection[int]) -> dict[int, Edition]:
    """The same of several versions by their ids, in as many statements; else `NotVisible`."""
    rows = competencies_of(session, framework_version_ids)
    by_competency: dict[int, tuple[IndicatorRow, ...]] = {}
    for one in indicators(session, [row.id for found in rows.values() for row in found]):
        by_competency[one.competency_id] = (*by_competency.get(one.competency_id, ()), one)
    levels = scales(session, framework_version_ids)
    if levels.keys() != set(framework_version_ids):
        raise NotVisible
    groups: dict[int, list[DomainRow]] = {}
    for domain in session.scalars(
        select(Domain)
        .where(Domain.framework_version_id.in_(sorted(framework_version_ids)))
        .order_by(Domain.position, Domain.id)
    ):
        row = DomainRow(id=domain.id, key=domain.key, name=domain.name)
        groups.setdefault(domain.framework_version_id, []).append(row)
    return {
        id_: Edition(
            scale=scale_row,
            domains=tuple(groups.get(id_, ())),
            competencies=tuple(rows[id_]),
            indicators={
                row.id: by_competency[row.id] for row in rows[id_] if row.id in by_competency
            },
        )
        for id_, scale_row in levels.items()
    }


def competencies_of(
    session: Session, framework_version_ids: Collection[int]
) -> dict[int, list[CompetencyRow]]:
    """The competencies of several versions by their ids, each in its own order. One statement."""
    wanted = Competency.framework_version_id.in_(sorted(framework_version_ids))
    found: dict[int, list[CompetencyRow]] = {id_: [] for id_ in framework_version_ids}
    for row in _rows(session, _wanted().where(wanted)):
        found[row.framework_version_id].append(row)
    return found


def domains(session: Session, framework_version_id: int) -> list[DomainRow]:
    """A version's domains in its own order."""
    rows = session.scalars(
        select(Domain)
        .where(Domain.framework_version_id == framework_version_id)
        .order_by(Domain.position, Domain.id)
    )
    return [DomainRow(id=row.id, key=row.key, name=row.name) for row in rows]


def edition_of_domain(session: Session, domain_id: int) -> int:
    """The version that a domain belongs to, else `NotVisible`."""
    found = session.scalar(select(Domain.framework_version_id).where(Domain.id == domain_id))
    if found is None:
        raise NotVisible
    return found


def _wanted() -> Select[Competency, str]:
    return (
        select(Competency, Domain.name)
        .join(Domain, Domain.id == Competency.domain_id)
        .order_by(*_IN_ORDER)
    )


def _rows(session: Session, wanted: Select[Competency, str]) -> list[CompetencyRow]:
    return [_row(found, domain) for found, domain in session.execute(wanted)]


def _row(found: Competency, domain: str) -> CompetencyRow:
    return CompetencyRow(
        id=found.id,
        key=found.key,
        name=found.name,
        definition=found.definition,
        domain=domain,
        domain_id=found.domain_id,
        framework_version_id=found.framework_version_id,
        code=found.code,
        uri=found.uri,
    )


def _indicator(row: BehaviouralIndicator) -> IndicatorRow:
    return IndicatorRow(
        id=row.id,
        competency_id=row.competency_id,
        level=row.level,
        effective=row.effective,
        ineffective=row.ineffective,
    )
