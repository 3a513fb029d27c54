"""A released 360 as a part of the document; every text and number is the release's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ldtrack.feedback.domain.agreement import Agreement
from ldtrack.feedback.domain.answers import Key
from ldtrack.feedback.domain.document import CompetencyResult, GroupFigure, ItemResult
from ldtrack.feedback.domain.figures import Figure, Shown
from ldtrack.feedback.domain.report import Report
from ldtrack.reviews.domain.document import (
    Cell,
    CommentBlock,
    FeedbackGroup,
    FeedbackItem,
    FeedbackLine,
    FeedbackPart,
    LeftOut,
    ScaleLevel,
    ScaleWords,
)

_AGREE = {Agreement.AGREE: "close", Agreement.SOME: "mixed", Agreement.DIFFER: "split"}
"""How far raters agree, short enough to stand under a figure."""

Places = Mapping[Key, tuple[str, int | None]]
"""For a competency id its key in the document and its target."""


def feedback_part(
    report: Report, released_on: date, places: Places, held_back: str = ""
) -> FeedbackPart:
    """Everything that the leader may see of the release."""
    release = report.release
    columns = [group for group in release.groups if group.key != "self"]
    keys = [group.key for group in columns]
    weightings = {r.others.weighting for r in release.competencies if r.others}
    return FeedbackPart(
        title=report.cycle,
        released_on=released_on,
        rater_floor=release.k,
        scale=_scale(report),
        weighting=weightings.pop().sentence if len(weightings) == 1 else "",
        groups=tuple(
            FeedbackGroup(
                key=group.key, name=group.name, count=group.count.words, single=group.exempt
            )
            for group in columns
        ),
        left_out=tuple(LeftOut(name=each.name, why=each.text) for each in release.left_out),
        lines=tuple(_line(report, result, keys, places) for result in release.competencies),
        comments=tuple(
            CommentBlock(
                question=report.questions.get(str(block.question_id), str(block.question_id)),
                group=block.group_name,
                texts=block.texts,
            )
            for block in release.comments
        ),
        profile_agreement=release.profile_agreement,
        apart=tuple(_item(report, item, keys) for item in release.derailers),
        held_back=held_back,
    )


def for_sponsor(part: FeedbackPart) -> FeedbackPart:
    """The same for a sponsor: all raters together by competency, and nothing beside it."""
    return replace(
        part,
        groups=(),
        left_out=(),
        comments=(),
        profile_agreement=None,
        apart=(),
        held_back="",
        lines=tuple(
            replace(line, own=None, cells=(), low=None, high=None, gap=None, quadrant="", items=())
            for line in part.lines
        ),
    )


def _scale(report: Report) -> ScaleWords:
    lo, hi = report.release.scale.lo, report.release.scale.hi
    words = report.scale_words or tuple("" for _ in range(lo, hi + 1))
    return ScaleWords(
        levels=tuple(
            ScaleLevel(value=value, label=word, meaning="")
            for value, word in zip(range(lo, hi + 1), words, strict=True)
        )
    )


def _line(
    report: Report, result: CompetencyResult, keys: list[str], places: Places
) -> FeedbackLine:
    key, target = places.get(result.competency_id, ("", None))
    others = result.others
    compared = result.comparison
    return FeedbackLine(
        key=key,
        name=report.name_of(result),
        target=target,
        own=_cell(result.self_figure),
        cells=_cells(result.groups, keys),
        others=None if others is None else _cell(others.figure, count=others.count.words),
        low=others.low if others else None,
        high=others.high if others else None,
        at_least=others.count.at_least if others else 0,
        exact=bool(others and others.count.exact),
        gap=compared.gap if compared else None,
        quadrant=compared.quadrant.value if compared else "",
        items=tuple(_item(report, item, keys) for item in result.items),
    )


def _item(report: Report, item: ItemResult, keys: list[str]) -> FeedbackItem:
    return FeedbackItem(
        text=report.items.get(int(item.item_id), ""),
        own=_cell(item.self_figure),
        cells=_cells(item.groups, keys),
    )


def _cells(figures: tuple[GroupFigure, ...], keys: list[str]) -> tuple[Cell, ...]:
    """In the order of the columns; a group without a figure has an empty cell."""
    found = {figure.group_key: figure for figure in figures}
    return tuple(_group_cell(found.get(key)) for key in keys)


def _group_cell(figure: GroupFigure | None) -> Cell:
    if figure is None:
        return Cell(text="", hidden=True)
    is_rough = figure.figure.shown is Shown.ROUGH
    return Cell(
        text=figure.figure.text,
        value=figure.figure.value,
        count=figure.count.words if figure.count else "",
        agreement=_AGREE[figure.agreement] if figure.agreement else "",
        hidden=figure.figure.shown is Shown.HIDDEN,
        rough=is_rough,
        why=figure.figure.why if is_rough else "",
    )


def _cell(figure: Figure | None, count: str = "") -> Cell | None:
    if figure is None:
        return None
    return Cell(
        text=figure.text,
        value=figure.value,
        count=count,
        hidden=figure.shown is Shown.HIDDEN,
        rough=figure.shown is Shown.ROUGH,
    )
