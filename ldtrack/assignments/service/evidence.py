"""What a placement tells the ledger: one graded word for each competency that was rated."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.assignments.domain import DebriefKind, is_debriefed
from ldtrack.assignments.models import Debrief, Outcome, OutcomeRating
from ldtrack.assignments.service.found import Found
from ldtrack.evidence.domain import EvidenceForm, SourceKind, outcome_noise
from ldtrack.evidence.service import Observation, record_many, withdraw_sources


def record_outcome(session: Session, found: Found, *, now: datetime) -> None:
    """Say it again to the ledger; a word that has changed supersedes the earlier one.

    Only a proved outcome speaks. It counts for less until the leader and somebody else have
    looked back. It is dated when the placement ended, or when it was confirmed if that was before.
    """
    placement = found.placement
    outcome = session.scalar(select(Outcome).where(Outcome.placement_id == placement.id))
    if outcome is None:
        return
    rated = _rated(session, outcome.id) if outcome.proof else {}
    noise = outcome_noise(is_debriefed(_held(session, placement.id)))
    observed_on = min(placement.ends_on or outcome.confirmed_on, outcome.confirmed_on)
    withdraw_sources(
        session,
        source_kind=SourceKind.ASSIGNMENT_OUTCOME,
        source_ids=[placement.id],
        now=now,
        recorded_by=outcome.confirmed_by,
        but_not=rated,
    )
    record_many(
        session,
        (
            Observation(
                person_id=placement.person_id,
                competency_id=competency_id,
                source_kind=SourceKind.ASSIGNMENT_OUTCOME,
                source_id=placement.id,
                form=EvidenceForm.GRADED,
                observed_on=observed_on,
                title=f"Outcome of “{found.posting.title}”",
                value=level,
                noise_variance=noise,
                recorded_by=outcome.confirmed_by,
            )
            for competency_id, level in rated.items()
        ),
        now=now,
    )


def _rated(session: Session, outcome_id: int) -> dict[int, float]:
    rows = session.execute(
        select(OutcomeRating.competency_id, OutcomeRating.level).where(
            OutcomeRating.outcome_id == outcome_id
        )
    )
    return dict(rows.all())


def _held(session: Session, placement_id: int) -> set[DebriefKind]:
    kinds = session.scalars(
        select(Debrief.kind).where(
            Debrief.placement_id == placement_id, Debrief.held_on.is_not(None)
        )
    )
    return set(kinds)
