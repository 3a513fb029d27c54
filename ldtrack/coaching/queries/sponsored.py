"""What the agreements of several leaders let their sponsor see of coaching, as numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import ScalarSelect, and_, exists, func, select
from sqlalchemy.orm import Session

from ldtrack.coaching.domain import NOT_AGREED, MilestoneState, SponsoredRow, SponsorSees
from ldtrack.coaching.domain.agreements import HOLDS
from ldtrack.coaching.models import Agreement, ClosingReview, Engagement, Milestone
from ldtrack.coaching.queries.counted import sessions_held
from ldtrack.coaching.queries.holding import agreed_with, words_of

_COUNTS_NOT = (MilestoneState.DROPPED, *NOT_AGREED)


def sponsored(
    session: Session, people: Collection[int], *, sponsor_id: int | None
) -> dict[int, SponsoredRow]:
    """For each person what this sponsor of theirs may see, and the numbers that were agreed.

    As for one person, the agreement that holds in the latest engagement decides, if it was signed
    with them. Numbers that were not agreed are None.
    """
    latest = _latest(session, people, sponsor_id)
    nothing = SponsoredRow(person_id=0, sees=frozenset(), n_sessions=None, milestones=None)
    return {
        person_id: latest.get(person_id, replace(nothing, person_id=person_id))
        for person_id in sorted(set(people))
    }


def _latest(
    session: Session, people: Collection[int], sponsor_id: int | None
) -> dict[int, SponsoredRow]:
    """Each person's latest engagement, as far as its agreement lets the sponsor see."""
    said = exists().where(ClosingReview.engagement_id == Engagement.id)
    holds = and_(
        Agreement.engagement_id == Engagement.id,
        Agreement.state.in_(HOLDS),
        agreed_with(sponsor_id),
    )
    rows = session.execute(
        select(
            Engagement.person_id,
            Engagement.id,
            Agreement.sponsor_sees,
            said,
            sessions_held(),
            _milestones(MilestoneState.MET),
            _milestones(),
        )
        .outerjoin(Agreement, holds)
        .where(Engagement.person_id.in_(sorted(set(people))))
        # The last row of a person wins: the same order as for one person, turned round.
        .order_by(
            Engagement.starts_on,
            Engagement.ends_on.is_(None),
            Engagement.id.desc(),
            Agreement.agreed_on,
            Agreement.recorded_at,
        )
    )
    return {row[0]: _row(*row) for row in rows}


def _row(
    person_id: int,
    engagement_id: int,
    words: list[Any] | None,
    looked_back: bool,
    n_held: int,
    n_met: int,
    n_all: int,
) -> SponsoredRow:
    sees = words_of(words)
    return SponsoredRow(
        person_id=person_id,
        sees=sees,
        n_sessions=n_held if SponsorSees.SESSION_COUNTS in sees else None,
        milestones=(n_met, n_all) if SponsorSees.MILESTONES in sees else None,
        closing_of=engagement_id if looked_back and SponsorSees.CLOSING in sees else None,
    )


def _milestones(*only: MilestoneState) -> ScalarSelect[int]:
    """How many milestones of coaching the leader of `Engagement` has, or those in a state."""
    counted = Milestone.state.in_(only) if only else Milestone.state.not_in(_COUNTS_NOT)
    return (
        select(func.count())
        .select_from(Milestone)
        .where(
            Milestone.person_id == Engagement.person_id,
            Milestone.engagement_id.is_not(None),
            counted,
        )
        .correlate(Engagement)
        .scalar_subquery()
    )
