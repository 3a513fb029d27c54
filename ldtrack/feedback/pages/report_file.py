"""A report as rows of a table file and as JSON, with the reasons for what is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ldtrack.feedback.domain.document import CompetencyResult, GroupFigure, Others
from ldtrack.feedback.domain.report import Report, report_to_dict
from ldtrack.feedback.domain.told import told
from ldtrack.feedback.pages.figures import (
    QUADRANT_WORDS,
    figures_of_competency,
    figures_of_item,
    note_on,
    text_of_item,
    weighting_of,
)
from ldtrack.feedback.queries import ShownReport

Row = tuple[str, ...]
HEAD: Row = (
    "Part",
    "Competency",
    "Statement",
    "Group",
    "Figure",
    "Raters",
    "Agreement",
    "From",
    "To",
    "Self minus others",
    "Reading",
)
_DANGEROUS = "=+-@\t\r\n"
_NEGATIVE = re.compile(r"-\d\.\d")
"""A figure below zero is no formula."""


def json_of(shown: ShownReport) -> dict[str, Any]:
    """The stored report under the name of whom it is about, with its edition."""
    return {
        "person": shown.person,
        "edition": shown.number,
        "released_on": shown.released_on.isoformat() if shown.released_on else None,
        "held_back": shown.held_back.sentence,
        **report_to_dict(shown.report),
    }


def rows_of_file(shown: ShownReport) -> Iterator[Row]:
    """Head and rows; text that a spreadsheet would take for a formula is made harmless."""
    yield HEAD
    for row in (*_figures(shown.report), *_beyond(shown.report), *_comments(shown)):
        yield (*map(_harmless, row), *[""] * (len(HEAD) - len(row)))


def _harmless(cell: str) -> str:
    if not cell or cell[0] not in _DANGEROUS or _NEGATIVE.fullmatch(cell):
        return cell
    return f"'{cell}"


def _figures(report: Report) -> Iterator[Row]:
    names = {group.key: group.name for group in report.release.groups}
    for result in report.release.competencies:
        name = report.name_of(result)
        for key, figure in figures_of_competency(result):
            yield ("Competency", name, "", names.get(key, "Others"), *_cells_of_file(figure))
        if result.then_figure is not None:
            yield ("Competency", name, "", "Self, looking back", result.then_figure.text, "", "")
        if result.others is not None:
            yield ("Competency", name, "", "Others together", *_together(result, result.others))
        for item in result.items:
            text = text_of_item(report, item)
            for key, figure in figures_of_item(item):
                yield ("Statement", name, text, names.get(key, key), *_cells_of_file(figure))
            if item.then_figure is not None:
                then = item.then_figure.text
                yield ("Statement", name, text, "Self, looking back", then, "", "")
    for item in report.release.derailers:
        for key, figure in figures_of_item(item):
            text = text_of_item(report, item)
            yield ("Apart", "", text, names.get(key, key), *_cells_of_file(figure))


def _beyond(report: Report) -> Iterator[Row]:
    said = told(report)
    for group in report.release.left_out:
        yield ("Left out", "", group.text, group.name, "", "", "")
    if weighting := weighting_of(report):
        yield ("Weighting", "", weighting, "Others together", "", "", "")
    if said.shape:
        yield ("Profile", "", said.shape, "Others together", "", "", "")
    for cell in said.matters:
        for name, who in cell.lines:
            yield ("Importance", name, "", who, cell.title, "", "")
    lists = (
        ("Highest", said.highest),
        ("Lowest", said.lowest),
        ("Seen differently", said.debated),
    )
    for part, lines in lists:
        for line in lines:
            who = line.note or "Others together"
            yield (part, line.competency, line.text, who, line.figure, "", "")
    for change in said.changes:
        moved = f"{change.before} → {change.after}"
        yield ("Change", change.competency, "", "Others together", moved, "", change.word)
    norm = report.insights.norm
    for usual in said.usual if norm else ():
        source = f"{norm.source}: {norm.population}, {norm.as_of.isoformat()}" if norm else ""
        leaders = norm.n_leaders if norm else ""
        yield ("Usual", usual.competency, "", source, usual.band, leaders, usual.place)
    for cells in said.hidden:
        yield ("Hidden", "", cells.text, "", str(cells.n), "", "")


def _comments(shown: ShownReport) -> Iterator[Row]:
    report = shown.report
    for question, text in report.questions.items():
        for block in report.blocks_on(question):
            for comment in block.texts:
                yield ("Comment", "", text, block.group_name, comment, "", "")
    if shown.held_back.any:
        yield ("Held back", "", shown.held_back.sentence, "", "", "", "")


def _together(result: CompetencyResult, others: Others) -> Row:
    """Others with their range, and how self compares; as on the page, where that can be said."""
    compared = result.comparison
    gap = compared.gap if compared else None
    reading = QUADRANT_WORDS[compared.quadrant] if compared else ""
    return (
        others.figure.text,
        others.count.words,
        "",
        *("" if level is None else f"{level:.1f}" for level in (others.low, others.high, gap)),
        ". ".join(filter(None, (reading, note_on(result)))),
    )


def _cells_of_file(figure: GroupFigure) -> tuple[str, str, str]:
    return (
        figure.figure.text,
        figure.count.words if figure.count else "",
        figure.agreement.value if figure.agreement else "",
    )
