"""Pilots, for those who build pathways."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import PilotRow
from ldtrack.pathways.models import Cohort, PathwayVersion, Pilot
from ldtrack.people.queries import name_of


def pilot_of(session: Session, actor: Actor, version_id: int) -> PilotRow | None:
    """That of a version, None if it is none; one statement."""
    found = session.execute(
        select(Pilot, Cohort.name, name_of(Pilot.decided_by))
        .join(Cohort, Cohort.id == Pilot.cohort_id)
        .where(Pilot.version_id == version_id, policy.clause(actor, Action.WRITE_PATHWAY))
    ).first()
    if found is None:
        return None
    row, cohort, decided_by = found
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


def pilot_before(session: Session, actor: Actor, version_id: int) -> int | None:
    """The latest pilot among the versions before this one, by the id of its version."""
    here = select(PathwayVersion.pathway_id, PathwayVersion.number).where(
        PathwayVersion.id == version_id
    )
    own = here.subquery()
    return session.scalar(
        select(Pilot.version_id)
        .join(PathwayVersion, PathwayVersion.id == Pilot.version_id)
        .join(own, own.c.pathway_id == PathwayVersion.pathway_id)
        .where(PathwayVersion.number < own.c.number, policy.clause(actor, Action.WRITE_PATHWAY))
        .order_by(PathwayVersion.number.desc())
        .limit(1)
    )
