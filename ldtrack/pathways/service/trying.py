"""Whom a version takes while it is a pilot, and what has to be known before the next is for all."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ldtrack.core.errors import RuleBroken
from ldtrack.pathways.domain import VersionState
from ldtrack.pathways.models import Cohort, PathwayVersion, Pilot


def require_open_to(session: Session, version_id: int, cohort: str) -> None:
    """Raise `RuleBroken` if the version is tried by another cohort and was not looked back on."""
    name = _tried_by(session, Pilot.version_id == version_id)
    if name is not None and name != cohort:
        raise RuleBroken(
            "cohort", f"This version is a pilot for “{name}”. Enrol people into that cohort."
        )


def is_open_to(session: Session, pathway_id: int, cohort: str) -> bool:
    """Whether the published version of a pathway takes people into the cohort."""
    published = select(PathwayVersion.id).where(
        PathwayVersion.pathway_id == pathway_id, PathwayVersion.state == VersionState.PUBLISHED
    )
    return _tried_by(session, Pilot.version_id.in_(published)) in {None, cohort}


def _tried_by(session: Session, which: ColumnElement[bool]) -> str | None:
    return session.scalar(
        select(Cohort.name)
        .join(Pilot, Pilot.cohort_id == Cohort.id)
        .where(which, Pilot.reviewed_on.is_(None))
    )


def require_reviewed(session: Session, pathway_id: int) -> None:
    """Raise `RuleBroken` while the published version is a pilot that nobody looked back on."""
    runs = session.scalar(
        select(Pilot.id)
        .join(PathwayVersion, PathwayVersion.id == Pilot.version_id)
        .where(
            PathwayVersion.pathway_id == pathway_id,
            PathwayVersion.state == VersionState.PUBLISHED,
            Pilot.reviewed_on.is_(None),
        )
    )
    if runs is not None:
        raise RuleBroken("", "Look back on the pilot first; then the next version is for all.")
