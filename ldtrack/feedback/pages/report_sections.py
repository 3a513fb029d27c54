"""The competencies of a report, one table each, and the items that stand apart."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.feedback.domain.document import CompetencyResult, GroupFigure, ItemResult, ShownGroup
from ldtrack.feedback.domain.figures import Figure, Shown
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.domain.self_others import Quadrant
from ldtrack.feedback.domain.told import usual
from ldtrack.feedback.pages.figures import (
    QUADRANT_WORDS,
    figures_of_competency,
    figures_of_item,
    note_on,
    text_of_item,
)

NOTHING = "–"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One printed figure; `why` says why there is none, `note` who stands behind it."""

    text: str
    note: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a competency's table: the competency as a whole, or one item.

    The whole of a competency that was asked about by one item stands for that item too.
    """

    text: str
    cells: tuple[Cell, ...]
    is_whole: bool = False
    then: str = ""
    item_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CompetencySection:
    """One competency of the report; `usual` says how it lies beside the norm."""

    id: int
    name: str
    definition: str
    reading: str
    verdict: str
    quadrant: Quadrant | None
    lines: tuple[Line, ...]
    usual: str = ""
    note: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why some figures are missing, each reason once."""
        cells = (cell for line in self.lines for cell in line.cells)
        return tuple(dict.fromkeys(cell.why for cell in cells if cell.why))

    @property
    def has_statements(self) -> bool:
        """Whether it has figures of single statements beside those of the whole."""
        return len(self.lines) > 1

    @property
    def has_then(self) -> bool:
        """Whether self also said how it was before."""
        return any(line.then for line in self.lines)


def sections_of(report: Report, columns: tuple[ShownGroup, ...]) -> tuple[CompetencySection, ...]:
    """Every competency, in the order in which it was asked about."""
    return tuple(_section(report, result, columns) for result in report.release.competencies)


def lines_apart(report: Report, columns: tuple[ShownGroup, ...]) -> tuple[Line, ...]:
    """The items that belong to no competency."""
    return tuple(_item_line(report, item, columns) for item in report.release.derailers)


def _section(
    report: Report, result: CompetencyResult, columns: tuple[ShownGroup, ...]
) -> CompetencySection:
    named = next(c for c in report.competencies if c.id == result.competency_id)
    whole = Line(
        text="Altogether",
        cells=_row(dict(figures_of_competency(result)), columns),
        is_whole=True,
        then=_text(result.then_figure),
        item_id=int(result.items[0].item_id) if len(result.items) == 1 else None,
    )
    items = tuple(_item_line(report, item, columns) for item in result.items)
    compared = result.comparison
    return CompetencySection(
        id=named.id,
        name=named.name,
        definition=named.definition,
        reading=_reading(result),
        verdict=QUADRANT_WORDS[compared.quadrant] if compared else "",
        quadrant=compared.quadrant if compared else None,
        lines=(whole, *items) if len(items) > 1 else (whole,),
        usual=_usual(report, result),
        note=note_on(result),
    )


def _item_line(report: Report, item: ItemResult, columns: tuple[ShownGroup, ...]) -> Line:
    return Line(
        text=text_of_item(report, item),
        cells=_row(dict(figures_of_item(item)), columns),
        then=_text(item.then_figure),
        item_id=int(item.item_id),
    )


def _row(figures: dict[str, GroupFigure], columns: tuple[ShownGroup, ...]) -> tuple[Cell, ...]:
    return tuple(
        _cell(figures[column.key]) if column.key in figures else Cell(text=NOTHING)
        for column in columns
    )


def _cell(figure: GroupFigure) -> Cell:
    if figure.figure.shown is Shown.HIDDEN:
        return Cell(text=NOTHING, why=figure.figure.text)
    word = figure.agreement.value if figure.agreement else ""
    return Cell(
        text=figure.figure.text,
        note=", ".join(filter(None, (_n(figure), word))),
        why=figure.figure.why,
    )


def _n(figure: GroupFigure) -> str:
    """How many answered, beside the figure of a group of people who are not known."""
    count = figure.count
    return "" if count is None or count.at_least == 1 else f"n {count.words}"


def _text(figure: Figure | None) -> str:
    return figure.text if figure is not None else ""


def _reading(result: CompetencyResult) -> str:
    others, own = result.others, result.self_figure
    if others is None:
        return "No answers of others can be shown here."
    said = f"Others {others.figure.text}"
    if others.low is not None and others.high is not None:
        said += f" ({others.low:.1f} to {others.high:.1f})"
    said += f", from {others.count.words}; "
    return said + (f"self {own.text}." if own is not None and own.value else "no self rating.")


def _usual(report: Report, result: CompetencyResult) -> str:
    found = (line for line in usual(report) if line.competency == report.name_of(result))
    line = next(found, None)
    norm = report.insights.norm
    if line is None or norm is None:
        return ""
    where = "here" if norm.is_from_here else "elsewhere"
    return f"Usual {where}: {line.band}; this is {line.place}."
