"""What is needed to propose a milestone: a competency, its levels, and what they look like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import queries
from ldtrack.coaching.domain import EngagementRow, MilestoneRow
from ldtrack.coaching.pages.competencies import Offered, offered
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, IndicatorRow, ScaleRow
from ldtrack.core.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class MilestonePage:
    """First the competency is chosen, then its level with the indicators in sight.

    `milestone` is what is proposed otherwise, or a goal of the leader's own; without an
    `engagement` there is nobody to propose it to.
    """

    engagement: EngagementRow
    is_own: bool
    offered: Offered
    competency: CompetencyRow | None
    scale: ScaleRow | None
    indicators: dict[int, tuple[IndicatorRow, ...]]
    target: int | None
    milestone: MilestoneRow | None = None

    @property
    def first_name(self) -> str:
        """The leader's."""
        return self.engagement.first_name

    @property
    def can_answer(self) -> bool:
        """Whether the one who is asked can sign in and answer."""
        return self.is_own or self.engagement.can_answer

    @property
    def other(self) -> str:
        """Whom it is proposed to."""
        return self.engagement.coach if self.is_own else self.first_name


def milestone_page(
    session: Session, actor: Actor, person_id: int, competency_id: int | None, today: date
) -> MilestonePage:
    """For a leader whom the actor coaches, and for one who is coached; else `NotVisible`."""
    return _page(session, actor, person_id, competency_id, today)


def change_page(session: Session, actor: Actor, milestone_id: int, today: date) -> MilestonePage:
    """For a milestone that is proposed, was declined, or is a goal of the leader's own.

    `NotVisible` for who takes no part in the coaching, and where no coaching runs.
    """
    row = queries.milestone_to_change(session, actor, milestone_id)
    page = _page(session, actor, row.person_id, row.competency_id, today)
    return replace(page, milestone=row)


def _page(
    session: Session, actor: Actor, person_id: int, competency_id: int | None, today: date
) -> MilestonePage:
    engagement = queries.engagement_for(session, actor, person_id)
    if engagement is None or actor.person_id not in (engagement.coach_id, person_id):
        raise NotVisible
    job_profile = engagement.job_profile
    is_own = person_id == actor.person_id
    if competency_id is None:
        return MilestonePage(
            engagement=engagement,
            is_own=is_own,
            offered=offered(session, job_profile, today),
            competency=None,
            scale=None,
            indicators={},
            target=None,
        )
    competency, scale = competencies.with_scale(session, competency_id)
    return MilestonePage(
        engagement=engagement,
        is_own=is_own,
        offered=Offered(focus=(), others=()),
        competency=competency,
        scale=scale,
        indicators=_by_level(competencies.indicators(session, [competency.id])),
        target=_target(session, job_profile, competency.id, today),
    )


def _by_level(rows: list[IndicatorRow]) -> dict[int, tuple[IndicatorRow, ...]]:
    levels = sorted({row.level for row in rows})
    return {level: tuple(row for row in rows if row.level == level) for level in levels}


def _target(session: Session, job_profile: str, competency_id: int, today: date) -> int | None:
    role = competencies.asked_now(session, job_profile, today)
    return role.targets.get(competency_id) if role else None
