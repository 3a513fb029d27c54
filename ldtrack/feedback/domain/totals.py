"""Totals of one competency: others, self beside others, and the cycle's evidence.

Everything here follows from group figures as they are printed (and the words for agreement),
never from answers: a total cannot tell what its parts do not, and hidden raters are in no total.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ldtrack.feedback.domain.agreement import told_variance
from ldtrack.feedback.domain.answers import Scale
from ldtrack.feedback.domain.cell_answers import CellAnswers
from ldtrack.feedback.domain.document import CycleEvidence, GroupFigure, Others, SelfAndOthers
from ldtrack.feedback.domain.figures import (
    Count,
    Figure,
    Shown,
    level_in_totals,
    number,
    one_decimal,
    rough,
    shielded,
    total_count,
)
from ldtrack.feedback.domain.reasons import Reason
from ldtrack.feedback.domain.scores import (
    PRIOR_DF,
    PRIOR_SD,
    GroupMean,
    Spread,
    Weighting,
    mean_of_others,
    noise_variance,
    weights,
)
from ldtrack.feedback.domain.self_others import GapRule, Quadrant, category, is_sure, quadrant

_HAIR = 1e-9


@dataclass(frozen=True, kw_only=True)
class VisibleGroups:
    """The printed figures of a competency as levels, with the spread that their words tell."""

    figures: tuple[GroupFigure, ...]
    means: tuple[GroupMean, ...]
    spread: Spread
    scale: Scale

    @property
    def has_rough(self) -> bool:
        """Whether any of them is only known to lie in a band."""
        return any(figure.figure.shown is Shown.ROUGH for figure in self.figures)


def visible_groups(
    figures: Iterable[GroupFigure], cells: Sequence[CellAnswers], scale: Scale
) -> VisibleGroups:
    """Keep the groups that show a figure; a low one counts as the middle of its band."""
    kept: list[GroupFigure] = []
    means: list[GroupMean] = []
    for figure in figures:
        level = level_in_totals(figure.figure, scale)
        if level is not None and figure.count is not None:
            kept.append(figure)
            means.append(GroupMean(key=figure.group_key, mean=level, n=figure.count.at_least))
    return VisibleGroups(
        figures=tuple(kept), means=tuple(means), spread=_spread(cells, kept, means), scale=scale
    )


def others_of(visible: VisibleGroups, weighting: Weighting) -> Others | None:
    """The mean of visible others with its 90 % range, cut to the scale; None without any."""
    estimate = mean_of_others(visible.means, weighting, visible.spread)
    if estimate is None:
        return None
    if visible.has_rough:
        return Others(
            figure=_roughly(visible, weighting),
            weighting=weighting,
            count=_counted(visible),
            low=None,
            high=None,
        )
    anonymous = any(mean.n > 1 for mean in visible.means)
    figure = shielded(estimate.mean, visible.scale) if anonymous else number(estimate.mean)
    is_number = figure.value is not None
    return Others(
        figure=figure,
        weighting=weighting,
        count=_counted(visible),
        low=one_decimal(max(estimate.low, visible.scale.lo)) if is_number else None,
        high=one_decimal(min(estimate.high, visible.scale.hi)) if is_number else None,
        se=round(estimate.se, 2) if is_number else None,
    )


def compare(
    self_figure: Figure | None, visible: VisibleGroups, others: Others | None, rule: GapRule
) -> SelfAndOthers | None:
    """Gap, category and quadrant from the printed figures; None when one side is missing.

    Where others are only known to lie in a band, there is no gap, and what is said holds at both
    ends of it.
    """
    if self_figure is None or self_figure.value is None or others is None:
        return None
    level = level_in_totals(others.figure, visible.scale)
    estimate = mean_of_others(visible.means, others.weighting, visible.spread)
    if level is None or estimate is None:
        return None
    own, df = self_figure.value, visible.spread.df
    ends = others.figure.between or (level,)
    categories = {category(own, end, rule) for end in ends}
    quadrants = {
        quadrant(own, end, sure=is_sure(own - end, estimate.se, df), rule=rule) for end in ends
    }
    if len(categories) > 1:
        return None
    return SelfAndOthers(
        gap=None if others.figure.value is None else one_decimal(own - level),
        category=categories.pop(),
        quadrant=quadrants.pop() if len(quadrants) == 1 else Quadrant.UNCLEAR,
    )


def evidence_of(visible: VisibleGroups) -> CycleEvidence | None:
    """y = precision-weighted mean of visible others, R = 0.25^2 + s2 * sum of w^2 / n.

    One piece per competency and cycle, never one per rater; self never enters. A figure that is
    only known to lie in a band counts as its middle, with the variance of not knowing where in the
    band: its width squared by 12, weighted as the figure is.
    """
    estimate = mean_of_others(visible.means, Weighting.PRECISION, visible.spread)
    if estimate is None:
        return None
    return CycleEvidence(
        value=round(estimate.mean, 4),
        noise_variance=round(
            noise_variance(visible.means, visible.spread.variance) + _width_variance(visible), 4
        ),
        n_raters=sum(mean.n for mean in visible.means),
    )


def _counted(visible: VisibleGroups) -> Count:
    return total_count(f.count for f in visible.figures if f.count is not None)


def _roughly(visible: VisibleGroups, weighting: Weighting) -> Figure:
    """Between which levels the mean of others lies, if each figure lies where it is printed."""
    shares = weights(visible.means, weighting, visible.spread.variance)
    ends = [figure.figure.between or (mean.mean,) * 2 for figure, mean in _pairs(visible)]
    low, high = (
        math.fsum(w * end[side] for w, end in zip(shares, ends, strict=True)) for side in (0, 1)
    )
    outwards = (math.floor(low * 10 + _HAIR) / 10, math.ceil(high * 10 - _HAIR) / 10)
    return rough(*outwards, Reason.BETWEEN_CYCLES)


def _width_variance(visible: VisibleGroups) -> float:
    shares = weights(visible.means, Weighting.PRECISION, visible.spread.variance)
    widths = [
        figure.figure.between[1] - figure.figure.between[0] if figure.figure.between else 0.0
        for figure in visible.figures
    ]
    return math.fsum((w * width) ** 2 / 12 for w, width in zip(shares, widths, strict=True))


def _pairs(visible: VisibleGroups) -> Iterable[tuple[GroupFigure, GroupMean]]:
    return zip(visible.figures, visible.means, strict=True)


def _spread(
    cells: Sequence[CellAnswers], figures: Sequence[GroupFigure], means: Sequence[GroupMean]
) -> Spread:
    """The pooled spread, with each group's part as far as its word and its count tell it."""
    scores = {cell.cell.key: cell.rater_scores for cell in cells}
    within = math.fsum(
        (mean.n - 1) * _told(scores[mean.key], figure)
        for figure, mean in zip(figures, means, strict=True)
        if mean.n > 1
    )
    df = PRIOR_DF + sum(mean.n - 1 for mean in means)
    return Spread(variance=(PRIOR_DF * PRIOR_SD**2 + within) / df, df=df)


def _told(scores: Sequence[float], figure: GroupFigure) -> float:
    """Of a figure that is only a band nothing is told about how far its raters are apart."""
    if figure.figure.shown is Shown.ROUGH:
        return PRIOR_SD**2
    return told_variance(scores, figure.agreement)
