"""A report as rows of a table file, with the reasons for what is not shown."""

from __future__ import annotations

from collections.abc import Iterator

from ldtrack.feedback.domain.document import GroupFigure
from ldtrack.feedback.pages.figures import (
    figures_of_competency,
    figures_of_item,
    text_of_item,
)
from ldtrack.feedback.queries import ShownReport

_DANGEROUS = "=+-@\t\r\n"


def rows_of_file(shown: ShownReport) -> Iterator[tuple[str, ...]]:
    """Head and rows; text that a spreadsheet would take for a formula is made harmless."""
    for row in _rows(shown):
        yield tuple(f"'{cell}" if cell[:1] in _DANGEROUS and cell else cell for cell in row)


def _rows(shown: ShownReport) -> Iterator[tuple[str, ...]]:
    report = shown.report
    names = {group.key: group.name for group in report.release.groups}
    yield ("Competency", "Statement", "Group", "Figure", "Raters", "Agreement")
    for result in report.release.competencies:
        name = report.name_of(result)
        for key, figure in figures_of_competency(result):
            yield (name, "", names.get(key, "Others"), *_cells_of_file(figure))
        if result.others is not None:
            count = result.others.count.words
            yield (name, "", "Others together", result.others.figure.text, count, "")
        for item in result.items:
            for key, figure in figures_of_item(item):
                yield (
                    name,
                    text_of_item(report, item),
                    names.get(key, key),
                    *_cells_of_file(figure),
                )
    for question, text in report.questions.items():
        for block in report.blocks_on(question):
            for comment in block.texts:
                yield ("", text, block.group_name, comment, "", "")


def _cells_of_file(figure: GroupFigure) -> tuple[str, str, str]:
    return (
        figure.figure.text,
        figure.count.words if figure.count else "",
        figure.agreement.value if figure.agreement else "",
    )
