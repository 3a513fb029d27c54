"""What HR sees when another coach is to follow: who could, and how many sessions are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import queries
from ldtrack.coaching.domain import EngagementRow
from ldtrack.coaching.domain.matching import CoachFacts, Match, Refusal, Sought, in_order
from ldtrack.core.errors import Conflict
from ldtrack.people.queries import person


@dataclass(frozen=True, kw_only=True)
class ChangeCoachPage:
    """Who coaches now and who could follow; `n_left` of the sessions agreed are not held yet."""

    engagement: EngagementRow
    n_left: int
    coaches: tuple[Match, ...]
    full: tuple[CoachFacts, ...]
    to_renew: tuple[CoachFacts, ...]


def change_coach_page(
    session: Session, actor: Actor, engagement_id: int, today: date
) -> ChangeCoachPage:
    """Coaches who may follow, those who suit best first; refused once the coaching is over."""
    engagement, n_held = queries.engagement_with_held(session, actor, engagement_id)
    if not engagement.runs:
        raise Conflict("This coaching has ended. Bring the leader together with a coach anew.")
    leader = person(session, actor, engagement.person_id)
    coaches = queries.coaches_for(session, leader, today)
    return ChangeCoachPage(
        engagement=engagement,
        n_left=max(engagement.sessions_agreed - n_held, 1),
        coaches=tuple(in_order(coaches, Sought())),
        full=tuple(one for one in coaches if one.refusal is Refusal.FULL),
        to_renew=tuple(one for one in coaches if one.refusal is Refusal.ENDED),
    )
