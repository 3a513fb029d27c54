"""Letters for the reasons why figures are hidden or rough, for a table to name beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from ldtrack.reviews.domain.document import Cell, FeedbackItem, FeedbackLine


def reasons_of(lines: Sequence[FeedbackLine]) -> dict[str, str]:
    """A letter for each reason in the table of groups, in the order of first use."""
    return _lettered(cell for line in lines for cell in (*_some(line.own), *line.cells))


def reasons_of_items(lines: Sequence[FeedbackLine]) -> dict[str, str]:
    """A letter for each reason in the table of questions."""
    return _lettered(
        cell for line in lines for item in line.items for cell in (*_some(item.own), *item.cells)
    )


def reasons_apart(items: Sequence[FeedbackItem]) -> dict[str, str]:
    """A letter for each reason in the table of questions that stand apart."""
    return _lettered(cell for item in items for cell in (*_some(item.own), *item.cells))


def _some(cell: Cell | None) -> tuple[Cell, ...]:
    return () if cell is None else (cell,)


def _lettered(cells: Iterable[Cell]) -> dict[str, str]:
    said = (cell.text if cell.hidden else cell.why for cell in cells)
    texts = dict.fromkeys(filter(None, said))
    return dict(zip(texts, ascii_lowercase, strict=False))
