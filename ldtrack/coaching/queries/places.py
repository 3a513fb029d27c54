"""The places of coaches that are taken: by whom they coach, and by whom they were chosen."""

from __future__ import annotations

from sqlalchemy import Select, select

from ldtrack.coaching.domain.choosing import CandidateState
from ldtrack.coaching.models import CoachCandidate, CoachChoice, Engagement


def taken_places(coach_id: int | None = None) -> Select[int | None]:
    """A coach, or this one, for each leader whom they coach."""
    found = select(Engagement.coach_id).where(
        Engagement.ends_on.is_(None), Engagement.coach_id.is_not(None)
    )
    return found if coach_id is None else found.where(Engagement.coach_id == coach_id)


def chosen_places(coach_id: int | None = None) -> Select[int]:
    """A coach, or this one, for each leader who has chosen them and waits for their answer."""
    found = (
        select(CoachCandidate.coach_id)
        .join(CoachChoice, CoachChoice.id == CoachCandidate.choice_id)
        .where(CoachCandidate.state == CandidateState.CHOSEN, CoachChoice.ended_on.is_(None))
    )
    return found if coach_id is None else found.where(CoachCandidate.coach_id == coach_id)
