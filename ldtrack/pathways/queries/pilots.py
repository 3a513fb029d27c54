"""Pilots, for those who build pathways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import PilotRow, VersionState
from ldtrack.pathways.models import Cohort, Pathway, PathwayVersion, Pilot
from ldtrack.people.queries import name_of


@dataclass(frozen=True, kw_only=True)
class PilotsSoFar:
    """The pilot that a version is, and the latest among the versions before it."""

    own: PilotRow | None
    before: PilotRow | None


@dataclass(frozen=True, kw_only=True)
class PilotDue:
    """A pilot that it is time to look back on."""

    version_id: int
    title: str
    ends_on: date


def pilot_of(session: Session, actor: Actor, version_id: int) -> PilotRow | None:
    """That of a version, None if it is none; one statement."""
    return pilots_so_far(session, actor, version_id).own


def pilots_so_far(session: Session, actor: Actor, version_id: int) -> PilotsSoFar:
    """That of a version and the one before it; one statement."""
    here = aliased(PathwayVersion)
    rows = session.execute(
        select(Pilot, Cohort.name, name_of(Pilot.decided_by))
        .join(Cohort, Cohort.id == Pilot.cohort_id)
        .join(PathwayVersion, PathwayVersion.id == Pilot.version_id)
        .join(here, here.pathway_id == PathwayVersion.pathway_id)
        .where(
            here.id == version_id,
            PathwayVersion.number <= here.number,
            policy.clause(actor, Action.WRITE_PATHWAY),
        )
        .order_by(PathwayVersion.number.desc())
    )
    found = [_pilot(*row) for row in rows]
    before = [row for row in found if row.version_id != version_id]
    own = [row for row in found if row.version_id == version_id]
    return PilotsSoFar(own=next(iter(own), None), before=next(iter(before), None))


def pilots_overdue(session: Session, actor: Actor, today: date) -> list[PilotDue]:
    """Pilots whose last day is over and on which nobody has looked back, longest over first.

    One whose pathway was closed meanwhile teaches nobody who comes after.
    """
    rows = session.execute(
        select(Pilot.version_id, Pathway.title, Pilot.ends_on)
        .join(PathwayVersion, PathwayVersion.id == Pilot.version_id)
        .join(Pathway, Pathway.id == PathwayVersion.pathway_id)
        .where(
            PathwayVersion.state == VersionState.PUBLISHED,
            Pilot.reviewed_on.is_(None),
            Pilot.ends_on < today,
            policy.clause(actor, Action.WRITE_PATHWAY),
        )
        .order_by(Pilot.ends_on, Pilot.version_id)
    )
    return [
        PilotDue(version_id=version_id, title=title, ends_on=ends_on)
        for version_id, title, ends_on in rows
    ]


def _pilot(row: Pilot, cohort: str, decided_by: str | None) -> PilotRow:
    return PilotRow(
        version_id=row.version_id,
        cohort_id=row.cohort_id,
        cohort=cohort,
        aim=row.aim,
        ends_on=row.ends_on,
        worked=row.worked,
        changes=row.changes,
        decided_by=decided_by or "",
        reviewed_on=row.reviewed_on,
    )
