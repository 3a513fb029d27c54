"""Evidence for the tests of growth and of pages about it, stored through the ledger's door."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from ldtrack.evidence.domain import (
    MILESTONE_NOISE,
    EvidenceForm,
    SourceKind,
    noise_of_coach_ratings,
)
from ldtrack.evidence.service import Observation, record
from tests.infrastructure.organisation import SmallOrganisation


def rated(
    session: Session,
    acme: SmallOrganisation,
    key: str,
    value: float,
    on: date,
    now: datetime,
    *,
    source_id: int,
    kind: SourceKind = SourceKind.COACH_RATING,
    whom: str = "leader",
    by: str | None = "coach",
    noise: float | None = None,
) -> int:
    """A graded piece by the coach, unless told otherwise."""
    return record(
        session,
        Observation(
            person_id=acme.person[whom],
            competency_id=acme.competency[key],
            source_kind=kind,
            source_id=source_id,
            form=EvidenceForm.GRADED,
            value=value,
            noise_variance=noise_of_coach_ratings(1) if noise is None else noise,
            observed_on=on,
            title=f"Piece {source_id}",
            recorded_by=acme.person[by] if by else None,
        ),
        now=now,
    )


def met(
    session: Session,
    acme: SmallOrganisation,
    key: str,
    level: int,
    on: date,
    now: datetime,
    *,
    source_id: int,
    title: str = "Ran the quarterly review",
) -> int:
    """A coaching milestone that was met."""
    return record(
        session,
        Observation(
            person_id=acme.person["leader"],
            competency_id=acme.competency[key],
            source_kind=SourceKind.MILESTONE,
            source_id=source_id,
            form=EvidenceForm.PASSED,
            level=level,
            noise_variance=MILESTONE_NOISE,
            observed_on=on,
            title=title,
            recorded_by=acme.person["coach"],
        ),
        now=now,
    )


def attended(
    session: Session,
    acme: SmallOrganisation,
    key: str,
    on: date,
    now: datetime,
    *,
    source_id: int,
    title: str = "Finance for operations",
) -> int:
    """A course without an assessment."""
    return record(
        session,
        Observation(
            person_id=acme.person["leader"],
            competency_id=acme.competency[key],
            source_kind=SourceKind.COURSE_COMPLETION,
            source_id=source_id,
            form=EvidenceForm.EXPOSURE,
            observed_on=on,
            title=title,
        ),
        now=now,
    )
