"""What the agreements of several leaders let their sponsor see of coaching, as numbers."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from ldtrack.coaching.domain import NOT_AGREED, MilestoneState, SponsoredRow, SponsorSees
from ldtrack.coaching.models import Agreement, CoachingSession, Engagement, Milestone


def sponsored(session: Session, people: Collection[int]) -> dict[int, SponsoredRow]:
    """For each person what a sponsor may see, and the numbers that were agreed.

    As for one person, the latest engagement's latest agreement decides. Numbers that were not
    agreed are None. Says nothing personal beyond the agreement, so it asks for no actor.
    """
    wanted = sorted(set(people))
    engagements = _latest(session, wanted)
    words = _agreed(session, engagements.values())
    sees = {person_id: words.get(one, frozenset()) for person_id, one in engagements.items()}
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
        )
        for person_id in wanted
    }


def _latest(session: Session, people: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Engagement.person_id, Engagement.id)
        .where(Engagement.person_id.in_(people))
        # The last row of a person wins: the same order as for one person, turned round.
        .order_by(Engagement.starts_on, Engagement.ends_on.is_(None), Engagement.id.desc())
    )
    return dict(rows.all())


def _agreed(session: Session, engagement_ids: Collection[int]) -> dict[int, frozenset[SponsorSees]]:
    rows = session.execute(
        select(Agreement.engagement_id, Agreement.sponsor_sees)
        .where(Agreement.engagement_id.in_(sorted(engagement_ids)))
        .order_by(Agreement.agreed_on, Agreement.recorded_at)
    )
    return {
        engagement_id: frozenset(SponsorSees(word) for word in words)
        for engagement_id, words in rows
    }


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
