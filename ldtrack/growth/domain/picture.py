"""The trajectory as a chart's series: dashboards and printed reviews draw the same one."""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date

from ldtrack.charts.series import (
    Absent,
    Estimate,
    EvidenceDot,
    LevelMeter,
    LevelPoint,
    LineBand,
    Source,
)
from ldtrack.charts.series import Scale as ChartScale
from ldtrack.core.distributions import normal_quantile
from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain.fold import Trajectory
from ldtrack.growth.domain.smooth import smoothed
from ldtrack.growth.domain.standing import Level, NotYetAssessed
from ldtrack.growth.domain.target import AgainstTarget, sureness_words

_SOURCES = {
    SourceKind.FEEDBACK_RELEASE: Source.FEEDBACK,
    SourceKind.COACH_RATING: Source.COACHING,
    SourceKind.MILESTONE: Source.COACHING,
    SourceKind.ASSIGNMENT_OUTCOME: Source.ASSIGNMENT,
    SourceKind.COURSE_ASSESSMENT: Source.COURSE,
    SourceKind.COURSE_COMPLETION: Source.COURSE,
    SourceKind.CERTIFICATE: Source.COURSE,
    SourceKind.SELF_RATING: Source.OTHER,
}


def line_of(
    title: str,
    trajectory: Trajectory,
    standing: Level | NotYetAssessed,
    scale: ChartScale,
    *,
    target: float | None = None,
    with_evidence: bool = False,
    kinds: Collection[SourceKind] | None = None,
) -> LineBand:
    """The line with its band; the past smoothed by what came later, the end as it stands.

    A day with several pieces is one point, and so is the day on which a level was carried along.
    The last point is the standing, on its own day; if all was observed on one day there is no line,
    only that day's point with the range as it is now.
    Of the evidence only `kinds` are drawn, if they are given.
    """
    return LineBand(
        title=title,
        scale=scale,
        points=_points(trajectory, standing),
        target=target,
        evidence=_dots(trajectory, kinds) if with_evidence else (),
    )


def meter_of(
    title: str,
    standing: Level | NotYetAssessed,
    scale: ChartScale,
    against: AgainstTarget | None,
    *,
    target: float | None = None,
) -> LevelMeter:
    """The level on its scale with its range, target and the words for both."""
    if isinstance(standing, NotYetAssessed):
        return LevelMeter(title=title, scale=scale, estimate=Absent.NOT_ASSESSED, target=target)
    return LevelMeter(
        title=title,
        scale=scale,
        estimate=Estimate(level=standing.mean, low=standing.band.low, high=standing.band.high),
        target=target,
        sureness=sureness_words(standing, against.verdict if against else None),
        verdict=against.verdict.label if against else "",
    )


def single_day(standing: Level | NotYetAssessed, day: date) -> tuple[LevelPoint, ...]:
    """The one point of somebody who was observed on one day, with the range as it is now."""
    return () if isinstance(standing, NotYetAssessed) else (_now(standing, day),)


def _points(trajectory: Trajectory, standing: Level | NotYetAssessed) -> tuple[LevelPoint, ...]:
    if isinstance(standing, NotYetAssessed):
        return ()
    reach = normal_quantile(0.5 + standing.band.share / 2)
    by_day: dict[date, LevelPoint] = {}
    start = trajectory.prior.state
    if trajectory.prior.is_carried and start.on is not None:
        by_day[start.on] = _point(start.on, start.mean, reach * start.sd)
    for point in smoothed(trajectory):
        by_day[point.on] = _point(point.on, point.mean, reach * math.sqrt(point.variance))
    alone = len(by_day) == 1 and not trajectory.prior.is_carried
    now = next(iter(by_day)) if alone else standing.on
    by_day[now] = _now(standing, now)
    return tuple(by_day[day] for day in sorted(by_day))


def _point(on: date, level: float, spread: float) -> LevelPoint:
    return LevelPoint(on=on, level=level, low=level - spread, high=level + spread)


def _now(standing: Level, on: date) -> LevelPoint:
    band = standing.band
    return LevelPoint(on=on, level=standing.mean, low=band.low, high=band.high)


def _dots(trajectory: Trajectory, kinds: Collection[SourceKind] | None) -> tuple[EvidenceDot, ...]:
    return tuple(
        EvidenceDot(
            on=step.on,
            level=spoken,
            source=_SOURCES[step.entry.source_kind],
            label=step.entry.title,
        )
        for step in trajectory.steps
        if (spoken := step.entry.value if step.entry.value is not None else step.entry.level)
        is not None
        and (kinds is None or step.entry.source_kind in kinds)
    )
