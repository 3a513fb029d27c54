"""Self, manager and others side by side, as the definition of a chart."""

from __future__ import annotations

from ldtrack.charts.series import Absent, CompetencyRatings, Dumbbell, Mean, Scale
from ldtrack.feedback.domain.document import CompetencyResult
from ldtrack.feedback.domain.figures import Figure, Shown
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.domain.rows import MANAGER_GROUP
from ldtrack.feedback.domain.self_others import Quadrant


def awareness_chart(report: Report) -> Dumbbell | None:
    """The chart, unless there is nothing to draw."""
    rows = tuple(
        CompetencyRatings(
            competency=report.name_of(result),
            own=_value(result.self_figure) or Absent.NOT_RATED,
            manager=_manager(result),
            others=_others(result),
            verdict=_verdict(result),
            usual=_usual(report, result),
            roughly=_roughly(result),
        )
        for result in report.release.competencies
    )
    if all(isinstance(row.others, Absent) and isinstance(row.own, Absent) for row in rows):
        return None
    scale = report.release.scale
    return Dumbbell(
        title="Self and others",
        scale=Scale(low=scale.lo, high=scale.hi, words=report.scale_words),
        competencies=rows,
    )


def _usual(report: Report, result: CompetencyResult) -> tuple[float, float] | None:
    norm = report.insights.norm
    band = norm.band_of(result.competency_id) if norm else None
    return (band.low, band.high) if band else None


def _verdict(result: CompetencyResult) -> str:
    if result.comparison is None:
        return ""
    unclear = result.comparison.quadrant is Quadrant.UNCLEAR
    return "no clear difference" if unclear else result.comparison.quadrant.value


def _manager(result: CompetencyResult) -> Mean | Absent:
    figures = [g for g in result.groups if g.group_key == MANAGER_GROUP and g.count is not None]
    value = _value(figures[0].figure) if figures else None
    if value is None or figures[0].count is None or figures[0].count.at_least != 1:
        return Absent.NOT_RATED
    return Mean(value=value, n_raters=1)


def _others(result: CompetencyResult) -> Mean | Absent:
    """A figure that is only known to be low, or to lie in a band, has no place on the scale."""
    others = result.others
    if _roughly(result):
        return Absent.ROUGH
    value = _value(others.figure) if others is not None else None
    if others is None or value is None:
        return Absent.HIDDEN
    return Mean(value=value, n_raters=others.count.at_least, or_more=not others.count.exact)


def _roughly(result: CompetencyResult) -> str:
    figure = result.others.figure if result.others else None
    return figure.text if figure is not None and figure.shown is Shown.ROUGH else ""


def _value(figure: Figure | None) -> float | None:
    return None if figure is None else figure.value
