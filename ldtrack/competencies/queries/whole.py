"""A whole edition as files need it, with every identifier, whoever may read it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.competencies.domain import (
    NewCompetency,
    NewDomain,
    NewIndicator,
    NewProfile,
    WholeEdition,
)
from ldtrack.competencies.models import (
    BehaviouralIndicator,
    Competency,
    Domain,
    Framework,
    FrameworkPackage,
    FrameworkVersion,
    RoleProfile,
    TargetLevel,
)
from ldtrack.competencies.queries.editions import scale
from ldtrack.core.errors import NotVisible


def whole_edition(session: Session, framework_version_id: int) -> WholeEdition:
    """All that one version says. Seven statements, whatever its size; else `NotVisible`."""
    found = session.execute(
        select(Framework, FrameworkVersion, FrameworkPackage.content)
        .join(FrameworkVersion, FrameworkVersion.framework_id == Framework.id)
        .outerjoin(FrameworkPackage, FrameworkPackage.framework_version_id == FrameworkVersion.id)
        .where(FrameworkVersion.id == framework_version_id)
    ).one_or_none()
    if found is None:
        raise NotVisible
    framework, version, package = found
    domains = _domains(session, version.id)
    keys, competencies = _competencies(session, version.id, domains)
    return WholeEdition(
        key=framework.key,
        identifier=framework.identifier,
        title=framework.title,
        version=version.version,
        publisher=framework.publisher,
        language=version.language,
        licence=version.licence,
        attribution=version.attribution,
        sources=tuple(version.sources),
        notes=version.notes,
        scale_key=version.scale_key,
        levels=scale(session, version.id).levels,
        domains=tuple(domains.values()),
        competencies=competencies,
        role_profiles=_profiles(session, version.id, keys),
        package=package,
    )


def _domains(session: Session, version_id: int) -> dict[int, NewDomain]:
    rows = session.scalars(
        select(Domain)
        .where(Domain.framework_version_id == version_id)
        .order_by(Domain.position, Domain.id)
    )
    return {
        row.id: NewDomain(key=row.key, name=row.name, identifier=row.identifier) for row in rows
    }


def _competencies(
    session: Session, version_id: int, domains: dict[int, NewDomain]
) -> tuple[dict[int, str], tuple[NewCompetency, ...]]:
    indicators = _indicators(session, version_id)
    rows = session.scalars(
        select(Competency)
        .join(Domain, Domain.id == Competency.domain_id)
        .where(Competency.framework_version_id == version_id)
        .order_by(Domain.position, Domain.id, Competency.position, Competency.id)
    ).all()
    return {row.id: row.key for row in rows}, tuple(
        NewCompetency(
            key=row.key,
            name=row.name,
            domain=domains[row.domain_id].key,
            definition=row.definition,
            definition_origin=row.definition_origin,
            code=row.code,
            uri=row.uri,
            indicators=tuple(indicators.get(row.id, ())),
            identifier=row.identifier,
        )
        for row in rows
    )


def _indicators(session: Session, version_id: int) -> dict[int, list[NewIndicator]]:
    found: dict[int, list[NewIndicator]] = {}
    for row in session.scalars(
        select(BehaviouralIndicator)
        .join(Competency, Competency.id == BehaviouralIndicator.competency_id)
        .where(Competency.framework_version_id == version_id)
        .order_by(
            BehaviouralIndicator.level, BehaviouralIndicator.position, BehaviouralIndicator.id
        )
    ):
        found.setdefault(row.competency_id, []).append(
            NewIndicator(
                level=row.level,
                effective=row.effective,
                ineffective=row.ineffective,
                thread=row.thread,
                identifier=row.identifier,
            )
        )
    return found


def _profiles(session: Session, version_id: int, keys: dict[int, str]) -> tuple[NewProfile, ...]:
    places = {key: place for place, key in enumerate(keys.values())}
    found: dict[str, list[tuple[str, int, bool]]] = {}
    origins: dict[str, str] = {}
    for profile, target in session.execute(
        select(RoleProfile, TargetLevel)
        .join(TargetLevel, TargetLevel.role_profile_id == RoleProfile.id)
        .where(RoleProfile.framework_version_id == version_id)
        .order_by(RoleProfile.name)
    ):
        origins[profile.name] = profile.origin
        asked = (keys[target.competency_id], target.level, target.critical)
        found.setdefault(profile.name, []).append(asked)
    return tuple(
        NewProfile(
            name=name,
            origin=origins[name],
            targets={key: level for key, level, _ in sorted(asked, key=lambda one: places[one[0]])},
            critical=frozenset(key for key, _, is_critical in asked if is_critical),
        )
        for name, asked in found.items()
    )
