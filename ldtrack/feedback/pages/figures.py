"""Walks over a stored report: its figures row by row, and words for how self compares."""

from __future__ import annotations

from collections.abc import Iterator

from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.document import CompetencyResult, GroupFigure, ItemResult
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.domain.self_others import Category, Quadrant

QUADRANT_WORDS = {
    Quadrant.BLIND_SPOT: "Self is clearly higher than others",
    Quadrant.HIDDEN_STRENGTH: "Others are clearly higher than self",
    Quadrant.CONFIRMED_STRENGTH: "A strength, seen by self and others",
    Quadrant.CONFIRMED_DEVELOPMENT_AREA: "Room to grow, seen by self and others",
    Quadrant.UNCLEAR: "No clear difference",
}


def figures_of_competency(result: CompetencyResult) -> Iterator[tuple[str, GroupFigure]]:
    """Each group's key and its figure on the competency, self first."""
    if result.self_figure is not None:
        yield SELF_GROUP, GroupFigure(group_key=SELF_GROUP, figure=result.self_figure)
    for figure in result.groups:
        yield figure.group_key, figure


def figures_of_item(item: ItemResult) -> Iterator[tuple[str, GroupFigure]]:
    """The same on one item."""
    if item.self_figure is not None:
        yield SELF_GROUP, GroupFigure(group_key=SELF_GROUP, figure=item.self_figure)
    for figure in item.groups:
        yield figure.group_key, figure


def note_on(result: CompetencyResult) -> str:
    """A strength that self rates well above others is still a strength."""
    compared = result.comparison
    if compared is None or compared.quadrant is not Quadrant.CONFIRMED_STRENGTH:
        return ""
    if compared.category is Category.OVER:
        return "Self is well above others all the same."
    return "Others are well above self." if compared.category is Category.UNDER else ""


def weighting_of(report: Report) -> str:
    """How groups were put together into “others”; empty where no others are shown."""
    others = [result.others for result in report.release.competencies if result.others]
    return others[0].weighting.sentence if others else ""


def text_of_item(report: Report, item: ItemResult) -> str:
    """What the item asked."""
    return report.items[int(item.item_id)]
