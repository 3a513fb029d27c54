"""Competencies and frameworks by the identifiers that the world outside knows them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.competencies.domain import VersionState
from ldtrack.competencies.models import Competency, Framework, FrameworkVersion, RoleProfile


def framework_identifier(session: Session, framework_version_id: int) -> str:
    """That of the framework of an edition, else ''."""
    found = session.scalar(
        select(Framework.identifier)
        .join(FrameworkVersion, FrameworkVersion.framework_id == Framework.id)
        .where(FrameworkVersion.id == framework_version_id)
    )
    return found or ""


def competency_identifiers(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Those of competencies, by id."""
    rows = session.execute(
        select(Competency.id, Competency.identifier).where(Competency.id.in_(sorted(set(ids))))
    )
    return {row.id: row.identifier for row in rows}


def editions_identified(session: Session, identifier: str) -> dict[int, dict[str, int]]:
    """Published editions of a framework, the newest first, each with its competencies' ids by
    identifier."""
    rows = session.execute(
        select(FrameworkVersion.id, Competency.identifier, Competency.id)
        .join(Framework, Framework.id == FrameworkVersion.framework_id)
        .join(Competency, Competency.framework_version_id == FrameworkVersion.id)
        .where(
            Framework.identifier == identifier,
            FrameworkVersion.state == VersionState.PUBLISHED,
        )
        .order_by(FrameworkVersion.published_at.desc(), FrameworkVersion.id)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for version_id, known_as, competency_id in rows:
        found[version_id][known_as] = competency_id
    return dict(found)


def role_names(session: Session, framework_version_id: int) -> dict[str, int]:
    """The role profiles of an edition: ids by name, in the order of the names."""
    rows = session.execute(
        select(RoleProfile.name, RoleProfile.id)
        .where(RoleProfile.framework_version_id == framework_version_id)
        .order_by(RoleProfile.name)
    )
    return {row.name: row.id for row in rows}
