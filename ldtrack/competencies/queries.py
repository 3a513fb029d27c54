"""Lookups in the competency map; everybody in the organisation may read it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ldtrack.competencies.domain import (
    CompetencyRow,
    FrameworkRow,
    IndicatorRow,
    Level,
    OriginRow,
    RoleProfileRow,
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
    RoleProfile,
    TargetLevel,
)
from ldtrack.core.errors import NotVisible

_IN_ORDER = (Competency.framework_version_id, Domain.position, Competency.position)


def frameworks(session: Session) -> list[FrameworkRow]:
    """Every version of every framework, by title."""
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
        .order_by(Framework.title, FrameworkVersion.version)
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
        )
        for framework, version, n_competencies, n_indicators in rows
    ]


def framework(session: Session, framework_version_id: int) -> FrameworkRow:
    """One version, else `NotVisible`."""
    for row in frameworks(session):
        if row.framework_version_id == framework_version_id:
            return row
    raise NotVisible


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


def competencies(session: Session, framework_version_id: int) -> list[CompetencyRow]:
    """A version's competencies in its own order."""
    return _rows(session, _wanted().where(Competency.framework_version_id == framework_version_id))


def competency(session: Session, competency_id: int) -> CompetencyRow:
    """One competency, else `NotVisible`."""
    found = _rows(session, _wanted().where(Competency.id == competency_id))
    if not found:
        raise NotVisible
    return found[0]


def competencies_named(session: Session, ids: Iterable[int]) -> dict[int, CompetencyRow]:
    """Competencies by id, in the order of their frameworks."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row.id: row for row in _rows(session, _wanted().where(Competency.id.in_(wanted)))}


def with_scales(
    session: Session, ids: Iterable[int]
) -> tuple[dict[int, CompetencyRow], dict[int, ScaleRow]]:
    """Competencies by id in the order of their frameworks, and the scales of those by version.

    One statement, for the many pages that need both.
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
            .where(Competency.id.in_(wanted))
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
    return [
        IndicatorRow(
            id=row.id,
            competency_id=row.competency_id,
            level=row.level,
            effective=row.effective,
            ineffective=row.ineffective,
        )
        for row in rows
    ]


def role_profiles(session: Session) -> list[RoleProfileRow]:
    """Every role profile with its targets, by name."""
    targets: dict[int, dict[int, int]] = {}
    for target in session.scalars(select(TargetLevel)):
        targets.setdefault(target.role_profile_id, {})[target.competency_id] = target.level
    return [
        RoleProfileRow(
            id=profile.id,
            name=profile.name,
            framework_version_id=profile.framework_version_id,
            targets=targets.get(profile.id, {}),
        )
        for profile in session.scalars(
            select(RoleProfile).order_by(RoleProfile.name, RoleProfile.id)
        )
    ]


def role_profile_of(session: Session, job_profile: str) -> RoleProfileRow | None:
    """What a job profile asks for; `None` if nobody said."""
    return role_profiles_named(session, [job_profile]).get(job_profile)


def role_profiles_named(session: Session, names: Iterable[str]) -> dict[str, RoleProfileRow]:
    """Role profiles by name; of several that share one, the first. One statement."""
    rows = session.execute(
        select(RoleProfile, func.coalesce(TargetLevel.competency_id, 0), TargetLevel.level)
        .outerjoin(TargetLevel, TargetLevel.role_profile_id == RoleProfile.id)
        .where(RoleProfile.name.in_(sorted(set(names))))
        .order_by(RoleProfile.id)
    )
    profiles: dict[str, RoleProfile] = {}
    targets: dict[int, dict[int, int]] = {}
    for profile, competency_id, level in rows:
        profiles.setdefault(profile.name, profile)
        # No target, no competency: ids begin at 1.
        if competency_id:
            targets.setdefault(profile.id, {})[competency_id] = level
    return {
        name: RoleProfileRow(
            id=profile.id,
            name=name,
            framework_version_id=profile.framework_version_id,
            targets=targets.get(profile.id, {}),
        )
        for name, profile in profiles.items()
    }


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
        framework_version_id=found.framework_version_id,
    )
