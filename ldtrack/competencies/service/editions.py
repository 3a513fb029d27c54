"""Founding a framework, copying an edition to write the next, and throwing a draft away."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import queries
from ldtrack.competencies.domain import (
    DescribeEdition,
    FoundFramework,
    VersionState,
)
from ldtrack.competencies.domain.keys import free_key
from ldtrack.competencies.models import (
    BehaviouralIndicator,
    Competency,
    Domain,
    Framework,
    FrameworkPackage,
    FrameworkVersion,
    ProficiencyLevel,
    RoleProfile,
    TargetLevel,
)
from ldtrack.competencies.service import drafts
from ldtrack.competencies.service.indicators import set_levels
from ldtrack.core.errors import Conflict, RuleBroken


def found_framework(session: Session, actor: Actor, command: FoundFramework) -> int:
    """Begin a framework of one's own, as a draft. Returns the id of the draft."""
    drafts.may_write(actor, actor.organisation_id)
    taken = {row.title.casefold(): row.key for row in session.scalars(select(Framework))}
    if command.title.casefold() in taken:
        raise RuleBroken("title", "There is a framework of that title already.")
    key = free_key(command.title, taken.values())
    framework = Framework(key=key, title=command.title, publisher=command.publisher)
    session.add(framework)
    session.flush()
    version = FrameworkVersion(
        framework_id=framework.id,
        version=command.version,
        language=command.language,
        scale_key=f"{key}-levels",
    )
    session.add(version)
    session.flush()
    set_levels(session, actor, version.id, command.levels)
    return version.id


def start_edition(
    session: Session, actor: Actor, framework_version_id: int, command: DescribeEdition
) -> int:
    """A draft copied from an edition. Returns its id; `Conflict` if there is a draft already.

    The copy has ids of its own and keeps every key. Whoever works with the edition before goes on.
    """
    before = drafts.edition(session, actor, framework_version_id)
    others = session.scalars(
        select(FrameworkVersion).where(FrameworkVersion.framework_id == before.framework_id)
    ).all()
    if any(other.state == VersionState.DRAFT for other in others):
        raise Conflict("The next edition is being written already; go on with that draft.")
    if command.version in {other.version for other in others}:
        raise RuleBroken("version", "There is an edition of that name already.")
    version = FrameworkVersion(
        framework_id=before.framework_id,
        version=command.version,
        language=before.language,
        scale_key=before.scale_key,
        licence=command.licence,
        attribution=command.attribution,
        sources=before.sources,
        notes=command.notes,
    )
    session.add(version)
    session.flush()
    _copy(session, before.id, version.id)
    return version.id


def describe_edition(
    session: Session, actor: Actor, framework_version_id: int, command: DescribeEdition
) -> None:
    """Say what a draft is called and whose work it is."""
    version = drafts.draft(session, actor, framework_version_id)
    taken = session.scalar(
        select(FrameworkVersion.id).where(
            FrameworkVersion.framework_id == version.framework_id,
            FrameworkVersion.version == command.version,
            FrameworkVersion.id != version.id,
        )
    )
    if taken is not None:
        raise RuleBroken("version", "There is an edition of that name already.")
    version.version, version.licence = command.version, command.licence
    version.attribution, version.notes = command.attribution, command.notes
    session.flush()


def drop_draft(session: Session, actor: Actor, framework_version_id: int) -> None:
    """Throw a draft away, and its framework if it has no other edition."""
    version = drafts.draft(session, actor, framework_version_id)
    framework = session.get_one(Framework, version.framework_id)
    session.delete(version)
    session.flush()
    another = select(FrameworkVersion.id).where(FrameworkVersion.framework_id == framework.id)
    if session.scalar(another.limit(1)) is None:
        session.delete(framework)
        session.flush()


def _copy(session: Session, old_id: int, new_id: int) -> None:
    for level in queries.scale(session, old_id).levels:
        session.add(
            ProficiencyLevel(
                framework_version_id=new_id,
                value=level.value,
                label=level.label,
                meaning=level.meaning,
            )
        )
    domains = _copy_domains(session, old_id, new_id)
    copies = _copy_competencies(session, old_id, new_id, domains)
    for indicator in session.scalars(
        select(BehaviouralIndicator).where(BehaviouralIndicator.competency_id.in_(copies))
    ):
        session.add(
            BehaviouralIndicator(
                competency_id=copies[indicator.competency_id],
                identifier=indicator.identifier,
                level=indicator.level,
                effective=indicator.effective,
                ineffective=indicator.ineffective,
                thread=indicator.thread,
                position=indicator.position,
            )
        )
    _copy_profiles(session, old_id, new_id, copies)
    package = session.scalar(
        select(FrameworkPackage.content).where(FrameworkPackage.framework_version_id == old_id)
    )
    if package is not None:
        session.add(FrameworkPackage(framework_version_id=new_id, content=package))
    session.flush()


def _copy_domains(session: Session, old_id: int, new_id: int) -> dict[int, int]:
    copies = {
        row.id: Domain(
            framework_version_id=new_id,
            key=row.key,
            identifier=row.identifier,
            name=row.name,
            position=row.position,
        )
        for row in drafts.domains_of(session, old_id)
    }
    session.add_all(copies.values())
    session.flush()
    return {old: copy.id for old, copy in copies.items()}


def _copy_competencies(
    session: Session, old_id: int, new_id: int, domains: dict[int, int]
) -> dict[int, int]:
    rows = session.scalars(select(Competency).where(Competency.framework_version_id == old_id))
    copies = {
        row.id: Competency(
            framework_version_id=new_id,
            domain_id=domains[row.domain_id],
            key=row.key,
            identifier=row.identifier,
            name=row.name,
            definition=row.definition,
            definition_origin=row.definition_origin,
            code=row.code,
            uri=row.uri,
            position=row.position,
        )
        for row in rows
    }
    session.add_all(copies.values())
    session.flush()
    return {old: copy.id for old, copy in copies.items()}


def _copy_profiles(session: Session, old_id: int, new_id: int, copies: dict[int, int]) -> None:
    profiles = {
        row.id: RoleProfile(framework_version_id=new_id, name=row.name, origin=row.origin)
        for row in session.scalars(
            select(RoleProfile).where(RoleProfile.framework_version_id == old_id)
        )
    }
    session.add_all(profiles.values())
    session.flush()
    session.add_all(
        TargetLevel(
            role_profile_id=profiles[row.role_profile_id].id,
            competency_id=copies[row.competency_id],
            level=row.level,
            critical=row.critical,
        )
        for row in session.scalars(
            select(TargetLevel).where(TargetLevel.role_profile_id.in_(profiles))
        )
    )
