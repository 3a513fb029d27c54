"""What roles ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, SQLColumnExpression, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.competencies import models
from ldtrack.competencies.domain import Crossings, Crosswalk, RoleProfileRow, VersionState
from ldtrack.competencies.models import FrameworkVersion, RoleProfile, TargetLevel
from ldtrack.competencies.queries.crosswalks import crossings
from ldtrack.core.errors import NotVisible


def role_profiles(session: Session) -> list[RoleProfileRow]:
    """Every role profile of an edition that is no draft, with its targets, by name."""
    targets: dict[int, dict[int, int]] = {}
    critical: dict[int, set[int]] = {}
    for target in session.scalars(select(TargetLevel)):
        targets.setdefault(target.role_profile_id, {})[target.competency_id] = target.level
        if target.critical:
            critical.setdefault(target.role_profile_id, set()).add(target.competency_id)
    return [
        RoleProfileRow(
            id=profile.id,
            name=profile.name,
            framework_version_id=profile.framework_version_id,
            targets=targets.get(profile.id, {}),
            critical=frozenset(critical.get(profile.id, ())),
        )
        for profile in session.scalars(
            select(RoleProfile)
            .join(FrameworkVersion, FrameworkVersion.id == RoleProfile.framework_version_id)
            .where(FrameworkVersion.state != VersionState.DRAFT)
            .order_by(RoleProfile.name, *_in_force(None))
        )
    ]


def profiles_of_editions(
    session: Session, framework_version_ids: Iterable[int]
) -> dict[int, list[RoleProfileRow]]:
    """The role profiles of several editions, drafts too, by edition and name. One statement."""
    rows = session.execute(
        select(RoleProfile, TargetLevel)
        .outerjoin(TargetLevel, TargetLevel.role_profile_id == RoleProfile.id)
        .where(RoleProfile.framework_version_id.in_(sorted(set(framework_version_ids))))
        .order_by(RoleProfile.name, RoleProfile.id)
    )
    found: dict[int, list[RoleProfileRow]] = {}
    for profile, part in groupby(rows, key=lambda row: row[0]):
        # A profile without a target has one row, without the other half.
        targets: list[TargetLevel] = list(filter(None, (target for _, target in part)))
        found.setdefault(profile.framework_version_id, []).append(
            RoleProfileRow(
                id=profile.id,
                name=profile.name,
                framework_version_id=profile.framework_version_id,
                targets={target.competency_id: target.level for target in targets},
                critical=frozenset(t.competency_id for t in targets if t.critical),
            )
        )
    return found


def role_profile(session: Session, role_profile_id: int) -> RoleProfileRow:
    """One role profile of an edition that is no draft, else `NotVisible`."""
    for row in role_profiles(session):
        if row.id == role_profile_id:
            return row
    raise NotVisible


def role_profile_of(
    session: Session, job_profile: str, as_of: date | None = None
) -> RoleProfileRow | None:
    """What a job profile asks for, or asked for on a day; `None` if nobody said."""
    return role_profiles_named(session, [job_profile], as_of).get(job_profile)


def role_profiles_named(
    session: Session,
    names: Iterable[str],
    as_of: date | None = None,
    *,
    without: Crosswalk | None = None,
) -> dict[str, RoleProfileRow]:
    """Role profiles by name; of several that share one, that of the edition published first.

    What a role asks for stays as it is when another edition is published. Only an edition that was
    retired, or whose successor is in force, comes last, from that day on; `without` reads as if
    that crosswalk were taken out of force. One statement.
    """
    return _profiles(_asking(session, names, as_of, without))


def asked_of(
    session: Session, names: Iterable[str], as_of: date
) -> tuple[dict[str, RoleProfileRow], Crossings]:
    """What roles asked for on a day, said of the competencies that counted then, and the crosswalks
    by which that and all evidence is read.

    One statement where no crosswalk is in force, else two.
    """
    rows = _asking(session, names, as_of)
    if not rows[0].n_crosswalks:
        return _profiles(rows), Crossings()
    found = crossings(session, as_of)
    return {name: found.profile(profile) for name, profile in _profiles(rows).items()}, found


def asked_now(session: Session, job_profile: str, today: date) -> RoleProfileRow | None:
    """What one role asks for today, said of the competencies that count; `None` if nobody said."""
    return asked_of(session, [job_profile], today)[0].get(job_profile) if job_profile else None


def _asking(
    session: Session, names: Iterable[str], as_of: date | None, without: Crosswalk | None = None
) -> Sequence[Row[Any]]:
    """A row for each target of the roles, with how many crosswalks are in force.

    Where no role is described, one row says that alone.
    """
    in_force = select(func.count().label("n")).where(models.Crosswalk.in_force_on.is_not(None))
    if as_of is not None:
        in_force = in_force.where(models.Crosswalk.in_force_on <= as_of)
    counted = in_force.subquery()
    no_draft = select(FrameworkVersion.id).where(FrameworkVersion.state != VersionState.DRAFT)
    return session.execute(
        select(
            RoleProfile,
            func.coalesce(TargetLevel.competency_id, 0).label("competency_id"),
            TargetLevel.level,
            TargetLevel.critical,
            counted.c.n.label("n_crosswalks"),
        )
        .select_from(counted)
        .outerjoin(
            RoleProfile,
            and_(
                RoleProfile.name.in_(sorted({name for name in names if name})),
                RoleProfile.framework_version_id.in_(no_draft),
            ),
        )
        .outerjoin(TargetLevel, TargetLevel.role_profile_id == RoleProfile.id)
        .outerjoin(FrameworkVersion, FrameworkVersion.id == RoleProfile.framework_version_id)
        .order_by(*_in_force(as_of, without))
    ).all()


def _profiles(rows: Iterable[Row[Any]]) -> dict[str, RoleProfileRow]:
    profiles: dict[str, RoleProfile] = {}
    targets: dict[int, dict[int, int]] = {}
    critical: dict[int, set[int]] = {}
    for row in rows:
        profile: RoleProfile | None = row.RoleProfile
        if profile is None:
            continue
        profiles.setdefault(profile.name, profile)
        # No target, no competency: ids begin at 1.
        if row.competency_id:
            targets.setdefault(profile.id, {})[row.competency_id] = row.level
        if row.critical:
            critical.setdefault(profile.id, set()).add(row.competency_id)
    return {
        name: RoleProfileRow(
            id=profile.id,
            name=name,
            framework_version_id=profile.framework_version_id,
            targets=targets.get(profile.id, {}),
            critical=frozenset(critical.get(profile.id, ())),
        )
        for name, profile in profiles.items()
    }


def role_profile_name(session: Session, role_profile_id: int | None) -> str:
    """What a role profile is called, else ''."""
    if role_profile_id is None:
        return ""
    wanted = select(RoleProfile.name).where(RoleProfile.id == role_profile_id)
    return session.scalar(wanted) or ""


def profiles_in(session: Session, framework_version_id: int) -> int:
    """How many role profiles an edition has."""
    counted = select(func.count()).where(RoleProfile.framework_version_id == framework_version_id)
    return session.scalar(counted) or 0


def _in_force(
    as_of: date | None, without: Crosswalk | None = None
) -> tuple[SQLColumnExpression[Any], ...]:
    """The order in which editions say what a role asks for."""
    walk = models.Crosswalk
    succeeded = exists().where(walk.before_id == FrameworkVersion.id, walk.in_force_on.is_not(None))
    retired: ColumnElement[bool] = FrameworkVersion.state == VersionState.RETIRED
    if without is not None:
        succeeded = succeeded.where(walk.id != without.id)
        if without.retired_before:
            retired = and_(retired, FrameworkVersion.id != without.before_id)
    if as_of is not None:
        succeeded = succeeded.where(walk.in_force_on <= as_of)
        # Since when is not known of those that were retired before it was written down.
        known = FrameworkVersion.retired_on
        retired = and_(retired, or_(known.is_(None), known <= as_of))
    return (or_(succeeded, retired), FrameworkVersion.published_at, RoleProfile.id)
