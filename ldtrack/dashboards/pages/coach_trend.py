"""A coach's own trend: sessions, milestones, whether judging them leans; for the coach alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain.trend import OwnTrend
from ldtrack.coaching.queries.trend import own_trend
from ldtrack.dashboards.pages.words import Sentence
from ldtrack.growth.domain.leniency import (
    FEWEST_JUDGED,
    FEWEST_LEADERS,
    Lean,
    Leniency,
    Quarter,
    leniency,
    quarter_of,
)
from ldtrack.growth.queries.leniency import judgements
from ldtrack.people.queries import people_named

YEARS = 2
LEANS = {
    Lean.TOO_FEW: ("waiting", "too few to say"),
    Lean.AS_EXPECTED: ("done", "as expected"),
    Lean.KINDER: ("due", "met more often than expected"),
    Lean.STRICTER: ("due", "met less often than expected"),
}
"""A kind of tag and its words."""


@dataclass(frozen=True, kw_only=True)
class QuarterLine:
    """One quarter: everything that was held and judged, and how what can be compared leans."""

    name: str
    n_sessions: int
    hours: float
    n_leaders: int
    n_met: int
    n_missed: int
    compared: Quarter

    @property
    def tag(self) -> tuple[str, str]:
        """Which way it leans, in words."""
        return LEANS[self.compared.lean]


@dataclass(frozen=True, kw_only=True)
class CoachTrend:
    """The page; the latest quarter comes first."""

    headline: Sentence
    lines: tuple[QuarterLine, ...]
    found: Leniency
    few_judged: int = FEWEST_JUDGED
    few_leaders: int = FEWEST_LEADERS

    @property
    def is_empty(self) -> bool:
        """Whether nothing was held in all this time."""
        return not any(line.n_sessions for line in self.lines)


def coach_trend(session: Session, actor: Actor, today: date) -> CoachTrend:
    """The actor's own, for two years up to today."""
    since = quarter_of(date(today.year - YEARS, today.month, 1))
    trend = own_trend(session, actor, since)
    judged = trend.judged()
    people = {
        row.id: row.job_profile
        for row in people_named(session, judged.keys() & actor.coaches).values()
    }
    found = leniency(
        judgements(session, actor, people, judged, as_of=today) if people else [], since, today
    )
    began = quarter_of(trend.sessions[0].on) if trend.sessions else today
    lines = [_line(quarter, trend) for quarter in found.quarters if quarter.begins_on >= began]
    return CoachTrend(headline=trend_headline(found), lines=tuple(reversed(lines)), found=found)


def trend_headline(found: Leniency) -> Sentence:
    """Whether judging leans, or that it is too few to say."""
    match found.drift:
        case Lean.TOO_FEW:
            return Sentence(
                before="Whether you judge more kindly or more strictly than levels suggest: ",
                accent="too few to say",
                after=".",
            )
        case Lean.AS_EXPECTED:
            return Sentence(
                before="Milestones are met with you ",
                accent="about as often as levels suggest",
                after=".",
            )
        case lean:
            word = "more" if lean is Lean.KINDER else "less"
            return Sentence(
                before="For two quarters in a row milestones were met with you ",
                accent=f"{word} often than levels suggest",
                after=".",
            )


def _line(quarter: Quarter, trend: OwnTrend) -> QuarterLine:
    here = [one for one in trend.sessions if quarter_of(one.on) == quarter.begins_on]
    judged = [one for one in trend.milestones if quarter_of(one.on) == quarter.begins_on]
    return QuarterLine(
        name=f"{(quarter.begins_on.month + 2) // 3} of {quarter.begins_on.year}",
        n_sessions=len(here),
        hours=sum(one.minutes for one in here) / 60,
        n_leaders=len({one.person_id for one in here}),
        n_met=sum(one.met for one in judged),
        n_missed=sum(not one.met for one in judged),
        compared=quarter,
    )
