"""What is needed to make a goal from a statement of a 360 report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import EngagementRow, OriginRow, SponsorSees
from ldtrack.coaching.queries import engagement_for, goals_from, sponsor_sees
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, ScaleRow
from ldtrack.feedback.queries import StatementRow, statement
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class GoalPage:
    """The statement, and the competency it speaks of.

    Without an `engagement` only the leader can make a goal of it. `made` is the goal that the
    statement has become already.
    """

    statement: StatementRow
    is_own: bool
    first_name: str
    engagement: EngagementRow | None
    made: OriginRow | None
    competency: CompetencyRow
    scale: ScaleRow
    target: int | None
    sponsor_reads: bool
    can_answer: bool
    """Whether the leader can sign in and answer what the coach proposes."""

    @property
    def level(self) -> int | None:
        """The level to begin with: that of the statement, else the one that the role asks for."""
        return self.statement.level or self.target

    @property
    def can_be_made(self) -> bool:
        """Whether the statement is no goal yet and the reader may make it one."""
        return self.made is None and (self.is_own or self.engagement is not None)


def goal_page(
    session: Session, actor: Actor, release_id: int, item_id: int, today: date
) -> GoalPage:
    """For the leader, or the coach, who may read the report; else `NotVisible`.

    The goal is about what the competency of the statement has become by now; of one that was split
    it is about the whole, because the statement does not say which part it means.
    """
    row = statement(session, actor, release_id, item_id)
    who = people_named(session, [row.person_id])[row.person_id]
    profiles, crossings = competencies.asked_of(session, [who.job_profile], today)
    present = crossings.present(row.competency_id)
    if len(present) == 1:
        level = None if row.level is None else crossings.level(row.competency_id, row.level)
        row = replace(row, competency_id=present[0], level=level)
    competency, scale = competencies.with_scale(session, row.competency_id)
    is_own = row.person_id == actor.person_id
    engagement = engagement_for(session, actor, row.person_id)
    role = profiles.get(who.job_profile)
    return GoalPage(
        statement=row,
        is_own=is_own,
        first_name=who.first_name,
        engagement=engagement,
        made=goals_from(session, actor, release_id).get(item_id),
        competency=competency,
        scale=scale,
        target=role.targets.get(competency.id) if role else None,
        can_answer=is_own or engagement is None or engagement.can_answer,
        sponsor_reads=SponsorSees.MILESTONES in sponsor_sees(session, row.person_id),
    )
