"""What roles ask for."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.competencies.domain import RoleProfileRow, VersionState
from ldtrack.competencies.models import FrameworkVersion, RoleProfile, TargetLevel
from ldtrack.core.errors import NotVisible

_IN_FORCE = (
    FrameworkVersion.state == VersionState.RETIRED,
    FrameworkVersion.published_at,
    RoleProfile.id,
)


def role_profiles(session: Session) -> list[RoleProfileRow]:
    """Every role profile of an edition that is no draft, with its targets, by name."""
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
            select(RoleProfile)
            .join(FrameworkVersion, FrameworkVersion.id == RoleProfile.framework_version_id)
            .where(FrameworkVersion.state != VersionState.DRAFT)
            .order_by(RoleProfile.name, *_IN_FORCE)
        )
    ]


def role_profile(session: Session, role_profile_id: int) -> RoleProfileRow:
    """One role profile of an edition that is no draft, else `NotVisible`."""
    for row in role_profiles(session):
        if row.id == role_profile_id:
            return row
    raise NotVisible


def role_profile_of(session: Session, job_profile: str) -> RoleProfileRow | None:
    """What a job profile asks for; `None` if nobody said."""
    return role_profiles_named(session, [job_profile]).get(job_profile)


def role_profiles_named(session: Session, names: Iterable[str]) -> dict[str, RoleProfileRow]:
    """Role profiles by name; of several that share one, that of the edition published first.

    What a role asks for stays as it is when another edition is published. One statement.
    """
    rows = session.execute(
        select(RoleProfile, func.coalesce(TargetLevel.competency_id, 0), TargetLevel.level)
        .outerjoin(TargetLevel, TargetLevel.role_profile_id == RoleProfile.id)
        .join(FrameworkVersion, FrameworkVersion.id == RoleProfile.framework_version_id)
        .where(
            RoleProfile.name.in_(sorted(set(names))),
            FrameworkVersion.state != VersionState.DRAFT,
        )
        .order_by(*_IN_FORCE)
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


def profiles_in(session: Session, framework_version_id: int) -> int:
    """How many role profiles an edition has."""
    counted = select(func.count()).where(RoleProfile.framework_version_id == framework_version_id)
    return session.scalar(counted) or 0
