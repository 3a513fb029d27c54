"""What is needed to agree a milestone: a competency, its levels, and what they look like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import queries
from ldtrack.coaching.domain import EngagementRow
from ldtrack.coaching.pages.competencies import Offered, offered
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, IndicatorRow, ScaleRow
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import person


@dataclass(frozen=True, kw_only=True)
class MilestonePage:
    """First the competency is chosen, then its level with the indicators in sight."""

    engagement: EngagementRow
    first_name: str
    offered: Offered
    competency: CompetencyRow | None
    scale: ScaleRow | None
    indicators: dict[int, tuple[IndicatorRow, ...]]
    target: int | None


def milestone_page(
    session: Session, actor: Actor, person_id: int, competency_id: int | None, today: date
) -> MilestonePage:
    """For a leader whom the actor coaches, else `NotVisible`."""
    engagement = queries.engagement_for(session, actor, person_id)
    if engagement is None or engagement.coach_id != actor.person_id:
        raise NotVisible
    who = person(session, actor, person_id)
    nothing = Offered(focus=(), others=())
    if competency_id is None:
        return MilestonePage(
            engagement=engagement,
            first_name=who.first_name,
            offered=offered(session, who.job_profile, today),
            competency=None,
            scale=None,
            indicators={},
            target=None,
        )
    competency = competencies.competency(session, competency_id)
    return MilestonePage(
        engagement=engagement,
        first_name=who.first_name,
        offered=nothing,
        competency=competency,
        scale=competencies.scale(session, competency.framework_version_id),
        indicators=_by_level(competencies.indicators(session, [competency.id])),
        target=_target(session, who.job_profile, competency.id, today),
    )


def _by_level(rows: list[IndicatorRow]) -> dict[int, tuple[IndicatorRow, ...]]:
    levels = sorted({row.level for row in rows})
    return {level: tuple(row for row in rows if row.level == level) for level in levels}


def _target(session: Session, job_profile: str, competency_id: int, today: date) -> int | None:
    role = competencies.asked_now(session, job_profile, today)
    return role.targets.get(competency_id) if role else None
