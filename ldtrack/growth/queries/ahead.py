"""What milestones would do to a person's levels, told before they are agreed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies import queries as competencies
from ldtrack.evidence.domain import MILESTONE_NOISE
from ldtrack.evidence.queries import entries_for
from ldtrack.growth.domain.ahead import Outlook, outlooks
from ldtrack.growth.domain.person import CompetencyGrowth
from ldtrack.growth.domain.standing import Level, NotYetAssessed
from ldtrack.growth.queries.folding import SETTINGS, Observed, growths


@dataclass(frozen=True, kw_only=True)
class MilestoneOutlook:
    """Where somebody stands on a competency, and what a milestone at each level would change."""

    standing: Level | NotYetAssessed
    low: int
    high: int
    levels: tuple[Outlook, ...]

    @property
    def level(self) -> Level | None:
        """The level there is; `None` while nothing was seen."""
        return self.standing if isinstance(self.standing, Level) else None

    def at(self, level: int) -> Outlook | None:
        """The line of one level of the scale."""
        return next((one for one in self.levels if one.level == level), None)

    def shown(self, mean: float) -> str:
        """A level to one decimal, within the scale."""
        return f"{min(max(mean, self.low), self.high):.1f}"


def milestones_ahead(
    session: Session,
    actor: Actor,
    person_id: int,
    competency_ids: Collection[int],
    *,
    job_profile: str,
    today: date,
) -> dict[int, MilestoneOutlook]:
    """By competency what a milestone met or missed today would do to the person's level.

    Nothing is stored. Empty for an actor who may not read the person's trajectory.
    """
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    if not competency_ids or not policy.permits(actor, Action.READ_TRAJECTORY, facts):
        return {}
    asked, crossings = competencies.asked_of(session, [job_profile], today)
    past = crossings.with_past(competency_ids)
    entries = entries_for(session, actor, person_id, competency_ids=past, as_of=today)
    rows, scales = competencies.with_scales(session, past)
    observed = Observed(rows=rows, scales=scales, entries=entries, crossings=crossings)
    found = growths(observed, competency_ids, asked.get(job_profile), today)
    return {growth.competency.id: _outlook(growth, today) for growth in found}


def _outlook(growth: CompetencyGrowth, today: date) -> MilestoneOutlook:
    return MilestoneOutlook(
        standing=growth.standing,
        low=growth.scale.lo,
        high=growth.scale.hi,
        levels=outlooks(
            growth.trajectory.last,
            [level.value for level in growth.scale.levels],
            MILESTONE_NOISE,
            on=today,
            settings=SETTINGS,
        ),
    )
