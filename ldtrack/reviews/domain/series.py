"""The document's figures as the series that charts draw; nothing is computed anew."""

from __future__ import annotations

from collections.abc import Iterator

from ldtrack.charts.series import (
    Absent,
    CompetencyRatings,
    Dumbbell,
    Estimate,
    EvidenceDot,
    LevelMeter,
    LevelPoint,
    LineBand,
    Mark,
    Mean,
    ProfileBars,
    Scale,
    Source,
)
from ldtrack.growth.domain import ENOUGH_FOR_TARGET
from ldtrack.reviews.domain.document import (
    CompetencyPart,
    FeedbackLine,
    FeedbackPart,
    Met,
    ScaleWords,
    Standing,
    Sure,
)

ROWS = 8
"""Competencies that fit into one drawing on a page."""


def chart_scale(scale: ScaleWords) -> Scale:
    """The scale as charts want it."""
    words = tuple(level.label for level in scale.levels)
    return Scale(low=scale.low, high=scale.high, words=words if all(words) else ())


def line_of(part: CompetencyPart) -> LineBand:
    """The level over time with its range, target and evidence."""
    return LineBand(
        title=part.name,
        scale=chart_scale(part.scale),
        points=tuple(
            LevelPoint(on=each.on, level=each.level, low=each.low, high=each.high)
            for each in part.points
        ),
        target=part.target,
        evidence=tuple(
            EvidenceDot(
                on=piece.on, level=piece.level, source=Source(piece.origin), label=piece.title
            )
            for piece in part.pieces
            if piece.level is not None
        ),
        marks=tuple(Mark(on=each.on, label=each.label) for each in part.marks),
    )


def meter_of(part: CompetencyPart) -> LevelMeter:
    """The level on its scale."""
    standing = part.standing
    if standing is None:
        estimate: Estimate | Absent = Absent.NOT_ASSESSED
    else:
        estimate = Estimate(level=standing.level, low=standing.low, high=standing.high)
    return LevelMeter(
        title=part.name,
        scale=chart_scale(part.scale),
        estimate=estimate,
        target=part.target,
        sureness=_sureness(standing) if standing else "",
        verdict=standing.met.value if standing and standing.met else "",
    )


def _sureness(standing: Standing) -> str:
    thin = standing.sure is Sure.TOO_LITTLE and standing.met is Met.MET
    return ENOUGH_FOR_TARGET if thin else standing.sure.value


def profiles_of(feedback: FeedbackPart) -> tuple[ProfileBars, ...]:
    """Self, manager and others for each competency, in drawings that each fit on a page."""
    scale = chart_scale(feedback.scale)
    return tuple(
        ProfileBars(title="Competency profile", scale=scale, competencies=rows)
        for rows in _rows(feedback)
    )


def awareness_of(feedback: FeedbackPart) -> tuple[Dumbbell, ...]:
    """How far the person's own view lies from others', in drawings that each fit on a page."""
    scale = chart_scale(feedback.scale)
    return tuple(
        Dumbbell(title="Self and others", scale=scale, competencies=rows)
        for rows in _rows(feedback)
    )


def _rows(feedback: FeedbackPart) -> Iterator[tuple[CompetencyRatings, ...]]:
    """Parts of equal size, so that the last drawing is not a stub."""
    lines = feedback.lines
    n_drawings = -(-len(lines) // ROWS)
    for n in range(n_drawings):
        part = lines[len(lines) * n // n_drawings : len(lines) * (n + 1) // n_drawings]
        yield tuple(_ratings(line, feedback.manager_column) for line in part)


def _ratings(line: FeedbackLine, manager: int | None) -> CompetencyRatings:
    return CompetencyRatings(
        competency=line.name,
        own=Absent.NOT_RATED if line.own is None or line.own.value is None else line.own.value,
        manager=_manager(line, manager),
        others=_others(line),
        target=line.target,
        verdict="no clear difference" if line.quadrant in ("", "unclear") else line.quadrant,
        roughly=line.others.text if line.others is not None and line.others.rough else "",
    )


def _manager(line: FeedbackLine, column: int | None) -> Mean | Absent:
    value = None if column is None else line.cells[column].value
    return Absent.NOT_RATED if value is None else Mean(value=value, n_raters=1)


def _others(line: FeedbackLine) -> Mean | Absent:
    if line.others is not None and line.others.rough:
        return Absent.ROUGH
    """A figure that is only known to be low has no place on a scale."""
    if line.others is None or line.others.value is None:
        return Absent.HIDDEN
    return Mean(value=line.others.value, n_raters=line.at_least, or_more=not line.exact)
