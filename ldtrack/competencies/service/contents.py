"""Storing all that an edition says, anew or over what a draft said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.competencies.domain import NewCompetency, WholeEdition
from ldtrack.competencies.models import (
    BehaviouralIndicator,
    Competency,
    Domain,
    FrameworkPackage,
    ProficiencyLevel,
    RoleProfile,
)
from ldtrack.competencies.service.profiles import set_role_profile


def write_contents(session: Session, framework_version_id: int, whole: WholeEdition) -> None:
    """Let an edition say what `whole` says, with every identifier given.

    Domains and competencies stay the rows that they were where their keys stay, for others refer
    to them; what is no longer said goes.
    """
    _write_package(session, framework_version_id, whole.package)
    domains = _write_domains(session, framework_version_id, whole)
    competencies = _write_competencies(session, framework_version_id, whole, domains)
    _write_indicators(session, whole.competencies, competencies)
    _forget(session, RoleProfile, framework_version_id, "name", ())
    _write_levels(session, framework_version_id, whole)
    for profile in whole.role_profiles:
        set_role_profile(
            session,
            framework_version_id=framework_version_id,
            name=profile.name,
            origin=profile.origin,
            targets={competencies[key]: level for key, level in profile.targets.items()},
            critical={competencies[key] for key in profile.critical},
        )


def _write_package(session: Session, version_id: int, package: Mapping[str, object] | None) -> None:
    session.execute(
        delete(FrameworkPackage).where(FrameworkPackage.framework_version_id == version_id)
    )
    if package is not None:
        session.add(FrameworkPackage(framework_version_id=version_id, content=dict(package)))


def _write_levels(session: Session, version_id: int, whole: WholeEdition) -> None:
    session.execute(
        delete(ProficiencyLevel).where(ProficiencyLevel.framework_version_id == version_id)
    )
    session.add_all(
        ProficiencyLevel(
            framework_version_id=version_id,
            value=level.value,
            label=level.label,
            meaning=level.meaning,
        )
        for level in whole.levels
    )
    session.flush()


def _write_domains(session: Session, version_id: int, whole: WholeEdition) -> dict[str, int]:
    here = {
        row.key: row
        for row in session.scalars(select(Domain).where(Domain.framework_version_id == version_id))
    }
    for position, one in enumerate(whole.domains):
        row = here.get(one.key)
        if row is None:
            row = here[one.key] = Domain(framework_version_id=version_id, key=one.key)
            session.add(row)
        row.identifier, row.name, row.position = one.identifier, one.name, position
    session.flush()
    return {key: row.id for key, row in here.items()}


def _write_competencies(
    session: Session, version_id: int, whole: WholeEdition, domains: Mapping[str, int]
) -> dict[str, int]:
    said = {one.key for one in whole.competencies}
    _forget(session, Competency, version_id, "key", said)
    here = {
        row.key: row
        for row in session.scalars(
            select(Competency).where(Competency.framework_version_id == version_id)
        )
    }
    places: dict[str, int] = {}
    for one in whole.competencies:
        row = here.get(one.key)
        if row is None:
            row = here[one.key] = Competency(framework_version_id=version_id, key=one.key)
            session.add(row)
        row.identifier, row.name = one.identifier, one.name
        row.definition, row.definition_origin = one.definition, one.definition_origin
        row.code, row.uri, row.domain_id = one.code, one.uri, domains[one.domain]
        row.position = places[one.domain] = places.get(one.domain, -1) + 1
    session.flush()
    _forget(session, Domain, version_id, "key", {one.key for one in whole.domains})
    return {key: row.id for key, row in here.items()}


def _write_indicators(
    session: Session, competencies: Iterable[NewCompetency], ids: Mapping[str, int]
) -> None:
    session.execute(
        delete(BehaviouralIndicator).where(BehaviouralIndicator.competency_id.in_(ids.values()))
    )
    session.add_all(
        BehaviouralIndicator(
            competency_id=ids[one.key],
            identifier=each.identifier,
            level=each.level,
            effective=each.effective,
            ineffective=each.ineffective,
            thread=each.thread,
            position=position,
        )
        for one in competencies
        for position, each in enumerate(one.indicators)
    )
    session.flush()


def _forget(
    session: Session,
    table: type[Domain | Competency | RoleProfile],
    version_id: int,
    known_by: str,
    said: Iterable[str],
) -> None:
    session.execute(
        delete(table).where(
            table.framework_version_id == version_id,
            getattr(table, known_by).not_in(sorted(said)),
        )
    )
