"""What a placement tells the ledger: one graded word for each competency that was rated."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.assignments.domain import ENDED, WAITS, DebriefKind, counts, is_debriefed
from ldtrack.assignments.models import Debrief, Outcome, OutcomeRating, Placement, Posting
from ldtrack.assignments.service.found import Found
from ldtrack.evidence.domain import EvidenceForm, SourceKind, outcome_noise
from ldtrack.evidence.service import Observation, record_many, withdraw_sources

DAILY = "assignments.daily"
_GRACE = timedelta(days=90)


def record_outcome(session: Session, found: Found, *, now: datetime) -> None:
    """Say it again to the ledger; a word that has changed supersedes the earlier one.

    Only a proved outcome speaks, once the leader and somebody else have looked back; where they do
    not, it waits for sixty days and then counts for less. It is dated when the placement ended, or
    when it was confirmed if that was before.
    """
    placement = found.placement
    outcome = session.scalar(select(Outcome).where(Outcome.placement_id == placement.id))
    if outcome is None:
        return
    held = _held(session, placement.id)
    ended_on = placement.ends_on or outcome.confirmed_on
    speaks = outcome.proof != "" and counts(held, ended_on, now.date())
    rated = _rated(session, outcome.id) if speaks else {}
    noise = outcome_noise(is_debriefed(held))
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


def count_what_waited(session: Session, *, now: datetime) -> int:
    """Let proved outcomes count for which nobody looked back in sixty days; how many were seen.

    It looks back a quarter further than it must, so that days on which nothing ran lose none.
    """
    latest = now.date() - WAITS
    rows = session.execute(
        select(Placement, Posting)
        .join(Posting, Posting.id == Placement.posting_id)
        .join(Outcome, Outcome.placement_id == Placement.id)
        .where(
            Outcome.proof != "",
            Placement.state.in_(ENDED),
            Placement.ends_on.between(latest - _GRACE, latest),
        )
        .order_by(Placement.id)
    ).all()
    for placement, posting in rows:
        record_outcome(session, Found(placement, posting), now=now)
    return len(rows)


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
