"""Saying what a role asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import queries
from ldtrack.competencies.domain import VersionState, WriteProfile
from ldtrack.competencies.models import (
    Crosswalk,
    FrameworkVersion,
    ProficiencyLevel,
    RoleProfile,
    TargetLevel,
)
from ldtrack.competencies.service import drafts
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken


def add_profile(session: Session, actor: Actor, command: WriteProfile, *, now: datetime) -> int:
    """Say what a role asks for that nobody has described in this edition. Returns its id."""
    edition = drafts.edition(session, actor, command.framework_version_id)
    if edition.state == VersionState.RETIRED:
        raise RuleBroken("framework_version_id", "Choose an edition that is not retired.")
    _name_is_free(session, command)
    profile_id = set_role_profile(
        session,
        framework_version_id=edition.id,
        name=command.name,
        targets=_of_edition(session, command),
        critical=command.critical,
    )
    drafts.remember(session, actor, "role_profile", profile_id, f"written: {command.name}", now)
    return profile_id


def change_profile(
    session: Session, actor: Actor, profile_id: int, command: WriteProfile, *, now: datetime
) -> None:
    """Rename a role or ask for other levels; whoever has the role is measured by them at once."""
    profile = _profile(session, actor, profile_id)
    _name_is_free(session, command, but=profile_id)
    profile.name = command.name
    session.flush()
    set_role_profile(
        session,
        framework_version_id=profile.framework_version_id,
        name=command.name,
        targets=_of_edition(session, command),
        critical=command.critical,
        origin=profile.origin,
    )
    drafts.remember(session, actor, "role_profile", profile_id, f"written: {command.name}", now)


def remove_profile(session: Session, actor: Actor, profile_id: int, *, now: datetime) -> None:
    """Take a role profile away; whoever has the role keeps every level and has no target."""
    profile = _profile(session, actor, profile_id)
    drafts.remember(session, actor, "role_profile", profile_id, f"removed: {profile.name}", now)
    session.delete(profile)
    session.flush()


def set_role_profile(
    session: Session,
    *,
    framework_version_id: int,
    name: str,
    targets: Mapping[int, int],
    critical: Collection[int] = (),
    origin: str = "",
) -> int:
    """Say which levels a role asks for, by competency id, and which of them are critical.

    Replaces what was said before.
    """
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
        TargetLevel(
            role_profile_id=profile.id,
            competency_id=competency_id,
            level=level,
            critical=competency_id in critical,
        )
        for competency_id, level in targets.items()
    )
    session.flush()
    return profile.id


def _profile(session: Session, actor: Actor, profile_id: int) -> RoleProfile:
    """A role profile that may still change: what it asked for on earlier days is read again."""
    found = session.get(RoleProfile, profile_id)
    if found is None:
        raise NotVisible
    drafts.may_write(actor, found.organisation_id)
    later = (
        select(FrameworkVersion.version)
        .join(Crosswalk, Crosswalk.after_id == FrameworkVersion.id)
        .join(RoleProfile, RoleProfile.framework_version_id == FrameworkVersion.id)
        .where(
            Crosswalk.before_id == found.framework_version_id,
            Crosswalk.in_force_on.is_not(None),
            RoleProfile.name == found.name,
        )
    )
    version = session.scalar(later)
    if version is not None:
        raise Conflict(f"This is what the role asked for before {version}. It is kept as it was.")
    return found


def _name_is_free(session: Session, command: WriteProfile, *, but: int = 0) -> None:
    taken = select(RoleProfile.id).where(
        RoleProfile.framework_version_id == command.framework_version_id,
        RoleProfile.name == command.name,
        RoleProfile.id != but,
    )
    if session.scalar(taken) is not None:
        raise RuleBroken("name", "This role is described in this edition already.")


def _of_edition(session: Session, command: WriteProfile) -> Mapping[int, int]:
    rows = queries.competencies(session, command.framework_version_id)
    if not {row.id for row in rows}.issuperset(command.targets):
        raise RuleBroken("targets", "Choose competencies of this edition.")
    if not command.targets:
        raise RuleBroken("targets", "Choose a level for at least one competency.")
    if not command.critical <= command.targets.keys():
        raise RuleBroken("targets", "Only what the role asks for can be critical.")
    return command.targets
