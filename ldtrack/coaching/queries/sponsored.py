"""What the agreements of several leaders let their sponsor see of coaching, as numbers."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import Session

from ldtrack.coaching.domain import NOT_AGREED, MilestoneState, SponsoredRow, SponsorSees
from ldtrack.coaching.domain.agreements import HOLDS
from ldtrack.coaching.models import Agreement, ClosingReview, CoachingSession, Engagement, Milestone
from ldtrack.coaching.queries.engagements import agreed_with, words_of


def sponsored(
    session: Session, people: Collection[int], *, sponsor_id: int | None
) -> dict[int, SponsoredRow]:
    """For each person what this sponsor of theirs may see, and the numbers that were agreed.

    As for one person, the agreement that holds in the latest engagement decides, if it was signed
    with them. Numbers that were not agreed are None.
    """
    wanted = sorted(set(people))
    latest = _latest(session, wanted, sponsor_id)
    engagements = {person_id: one for person_id, (one, _, _) in latest.items()}
    sees = {person_id: words for person_id, (_, words, _) in latest.items()}
    looked_back = {person_id for person_id, (_, _, said) in latest.items() if said}
    sessions = _sessions(
        session,
        [engagements[who] for who in engagements if SponsorSees.SESSION_COUNTS in sees[who]],
    )
    milestones = _milestones(
        session, [who for who in engagements if SponsorSees.MILESTONES in sees[who]]
    )
    return {
        person_id: SponsoredRow(
            person_id=person_id,
            sees=sees.get(person_id, frozenset()),
            n_sessions=sessions.get(engagements[person_id], 0)
            if SponsorSees.SESSION_COUNTS in sees.get(person_id, ())
            else None,
            milestones=milestones.get(person_id, (0, 0))
            if SponsorSees.MILESTONES in sees.get(person_id, ())
            else None,
            closing_of=engagements[person_id]
            if person_id in looked_back and SponsorSees.CLOSING in sees[person_id]
            else None,
        )
        for person_id in wanted
    }


def _latest(
    session: Session, people: Collection[int], sponsor_id: int | None
) -> dict[int, tuple[int, frozenset[SponsorSees], bool]]:
    """Each person's latest engagement, what its agreement lets the sponsor see, and whether
    anybody has looked back on it.
    """
    said = exists().where(ClosingReview.engagement_id == Engagement.id)
    holds = and_(
        Agreement.engagement_id == Engagement.id,
        Agreement.state.in_(HOLDS),
        agreed_with(sponsor_id),
    )
    rows = session.execute(
        select(Engagement.person_id, Engagement.id, Agreement.sponsor_sees, said)
        .outerjoin(Agreement, holds)
        .where(Engagement.person_id.in_(people))
        # The last row of a person wins: the same order as for one person, turned round.
        .order_by(
            Engagement.starts_on,
            Engagement.ends_on.is_(None),
            Engagement.id.desc(),
            Agreement.agreed_on,
            Agreement.recorded_at,
        )
    )
    return {person_id: (one, words_of(words), told) for person_id, one, words, told in rows}


def _sessions(session: Session, engagement_ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(CoachingSession.engagement_id, func.count())
        .where(CoachingSession.engagement_id.in_(sorted(engagement_ids)))
        .group_by(CoachingSession.engagement_id)
    )
    return dict(rows.all())


def _milestones(session: Session, people: Collection[int]) -> dict[int, tuple[int, int]]:
    rows = session.execute(
        select(
            Milestone.person_id,
            func.sum(case((Milestone.state == MilestoneState.MET, 1), else_=0)),
            func.count(),
        )
        .where(
            Milestone.person_id.in_(sorted(people)),
            Milestone.state.not_in((MilestoneState.DROPPED, *NOT_AGREED)),
            Milestone.engagement_id.is_not(None),
        )
        .group_by(Milestone.person_id)
    )
    return {person_id: (int(n_met or 0), n_all) for person_id, n_met, n_all in rows}
