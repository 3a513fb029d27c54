"""Bringing a whole edition in, which is published at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.competencies.domain import Level, VersionState
from ldtrack.competencies.models import (
    BehaviouralIndicator,
    Competency,
    Domain,
    Framework,
    FrameworkVersion,
    ProficiencyLevel,
)
from ldtrack.competencies.service.profiles import set_role_profile


@dataclass(frozen=True, kw_only=True)
class NewIndicator:
    """An indicator to be stored."""

    level: int
    effective: str = ""
    ineffective: str = ""
    thread: str = ""


@dataclass(frozen=True, kw_only=True)
class NewCompetency:
    """A competency to be stored, with the key of its domain."""

    key: str
    name: str
    domain: str
    definition: str
    definition_origin: str
    code: str = ""
    uri: str = ""
    indicators: tuple[NewIndicator, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportFramework:
    """A whole edition as it comes out of a file."""

    key: str
    title: str
    version: str
    publisher: str
    language: str
    licence: str
    attribution: str
    sources: tuple[Mapping[str, str], ...]
    notes: str
    scale_key: str
    levels: tuple[Level, ...]
    domains: tuple[tuple[str, str], ...]
    competencies: tuple[NewCompetency, ...]
    role_profiles: tuple[tuple[str, str, Mapping[str, int]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did."""

    framework_version_id: int
    is_new: bool


def import_framework(session: Session, command: ImportFramework, *, now: datetime) -> Imported:
    """Store and publish an edition; one that is here already is left as it is."""
    framework = session.scalar(select(Framework).where(Framework.key == command.key))
    if framework is None:
        framework = Framework(key=command.key, title=command.title, publisher=command.publisher)
        session.add(framework)
        session.flush()
    here = session.scalar(
        select(FrameworkVersion.id).where(
            FrameworkVersion.framework_id == framework.id,
            FrameworkVersion.version == command.version,
        )
    )
    if here is not None:
        return Imported(framework_version_id=here, is_new=False)
    version = FrameworkVersion(
        framework_id=framework.id,
        version=command.version,
        language=command.language,
        state=VersionState.PUBLISHED,
        published_at=now,
        scale_key=command.scale_key,
        licence=command.licence,
        attribution=command.attribution,
        sources=[dict(source) for source in command.sources],
        notes=command.notes,
    )
    session.add(version)
    session.flush()
    competencies = _store_contents(session, version.id, command)
    for name, origin, targets in command.role_profiles:
        set_role_profile(
            session,
            framework_version_id=version.id,
            name=name,
            origin=origin,
            targets={competencies[key]: level for key, level in targets.items()},
        )
    return Imported(framework_version_id=version.id, is_new=True)


def _store_contents(session: Session, version_id: int, command: ImportFramework) -> dict[str, int]:
    session.add_all(
        ProficiencyLevel(
            framework_version_id=version_id,
            value=level.value,
            label=level.label,
            meaning=level.meaning,
        )
        for level in command.levels
    )
    domains = {
        key: Domain(framework_version_id=version_id, key=key, name=name, position=position)
        for position, (key, name) in enumerate(command.domains)
    }
    session.add_all(domains.values())
    session.flush()
    competencies = {
        new.key: Competency(
            framework_version_id=version_id,
            domain_id=domains[new.domain].id,
            key=new.key,
            name=new.name,
            definition=new.definition,
            definition_origin=new.definition_origin,
            code=new.code,
            uri=new.uri,
            position=position,
        )
        for position, new in enumerate(command.competencies)
    }
    session.add_all(competencies.values())
    session.flush()
    session.add_all(
        BehaviouralIndicator(
            competency_id=competencies[new.key].id,
            level=indicator.level,
            effective=indicator.effective,
            ineffective=indicator.ineffective,
            thread=indicator.thread,
            position=position,
        )
        for new in command.competencies
        for position, indicator in enumerate(new.indicators)
    )
    session.flush()
    return {key: competency.id for key, competency in competencies.items()}
