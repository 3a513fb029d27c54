"""Saying what a role asks for."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.competencies.models import ProficiencyLevel, RoleProfile, TargetLevel
from ldtrack.core.errors import RuleBroken


def set_role_profile(
    session: Session,
    *,
    framework_version_id: int,
    name: str,
    targets: Mapping[int, int],
    origin: str = "",
) -> int:
    """Say which levels a role asks for, by competency id; replaces what was said before."""
    values = set(
        session.scalars(
            select(ProficiencyLevel.value).where(
                ProficiencyLevel.framework_version_id == framework_version_id
            )
        )
    )
    if wrong := sorted(set(targets.values()) - values):
        raise RuleBroken("targets", f"There is no level {wrong[0]} on this framework's scale.")
    profile = session.scalar(
        select(RoleProfile).where(
            RoleProfile.framework_version_id == framework_version_id, RoleProfile.name == name
        )
    )
    if profile is None:
        profile = RoleProfile(framework_version_id=framework_version_id, name=name, origin=origin)
        session.add(profile)
        session.flush()
    for old in session.scalars(
        select(TargetLevel).where(TargetLevel.role_profile_id == profile.id)
    ):
        session.delete(old)
    session.flush()
    session.add_all(
        TargetLevel(role_profile_id=profile.id, competency_id=competency_id, level=level)
        for competency_id, level in targets.items()
    )
    session.flush()
    return profile.id
