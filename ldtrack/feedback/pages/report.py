"""A report as a page, made from the stored release and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ldtrack.charts.series import Dumbbell
from ldtrack.feedback.domain.document import CompetencyResult, GroupFigure, ShownGroup
from ldtrack.feedback.domain.figures import Shown
from ldtrack.feedback.domain.flags import telling_words
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.domain.self_others import Category, Quadrant
from ldtrack.feedback.pages.figures import (
    QUADRANT_WORDS,
    figures_of_competency,
    figures_of_item,
    text_of_item,
)
from ldtrack.feedback.pages.report_chart import awareness_chart
from ldtrack.feedback.queries import ShownReport

NOTHING = "–"
_ALIKE = (Category.AGREE_HIGH, Category.AGREE_LOW)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One printed figure; `why` says why there is none, `note` who stands behind it."""

    text: str
    note: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a competency's table: the competency as a whole, or one item."""

    text: str
    cells: tuple[Cell, ...]
    is_whole: bool = False


@dataclass(frozen=True, kw_only=True)
class CompetencySection:
    """One competency of the report."""

    id: int
    name: str
    definition: str
    reading: str
    verdict: str
    lines: tuple[Line, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why some figures are missing, each reason once."""
        cells = (cell for line in self.lines for cell in line.cells)
        return tuple(dict.fromkeys(cell.why for cell in cells if cell.why))


@dataclass(frozen=True, kw_only=True)
class WordsBlock:
    """Comments of one group on one question."""

    group: str
    texts: tuple[str, ...]
    telling: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """Everything the page shows."""

    shown: ShownReport
    own: bool
    columns: tuple[ShownGroup, ...]
    sections: tuple[CompetencySection, ...]
    words: tuple[tuple[str, tuple[WordsBlock, ...]], ...]
    chart: Dumbbell | None
    n_compared: int
    n_alike: int
    widest: str

    @property
    def report(self) -> Report:
        """The stored report."""
        return self.shown.report


def report_page(
    shown: ShownReport, *, own: bool = False, names_to_flag: tuple[str, ...] = ()
) -> ReportPage:
    """The page of a report; comments are flagged for the coach if there are names to look for."""
    report = shown.report
    columns = report.release.groups
    compared = [r for r in report.release.competencies if r.comparison is not None]
    return ReportPage(
        shown=shown,
        own=own,
        columns=columns,
        sections=tuple(_section(report, r, columns) for r in report.release.competencies),
        words=tuple(_words(report, names_to_flag)),
        chart=awareness_chart(report),
        n_compared=len(compared),
        n_alike=sum(r.comparison.category in _ALIKE for r in compared if r.comparison),
        widest=_widest(report, compared),
    )


def surprises(page: ReportPage) -> tuple[CompetencySection, ...]:
    """Where self and others are clearly apart; the leader may not expect these."""
    apart = {QUADRANT_WORDS[Quadrant.BLIND_SPOT], QUADRANT_WORDS[Quadrant.HIDDEN_STRENGTH]}
    return tuple(section for section in page.sections if section.verdict in apart)


def order_to_talk(page: ReportPage) -> tuple[CompetencySection, ...]:
    """Strengths first, then what others see higher, then room to grow, and surprises last."""
    order = (
        Quadrant.CONFIRMED_STRENGTH,
        Quadrant.HIDDEN_STRENGTH,
        Quadrant.UNCLEAR,
        Quadrant.CONFIRMED_DEVELOPMENT_AREA,
        Quadrant.BLIND_SPOT,
    )
    place = {QUADRANT_WORDS[quadrant]: n for n, quadrant in enumerate(order)}
    told = [section for section in page.sections if section.verdict]
    return tuple(sorted(told, key=lambda section: place[section.verdict]))


def _section(
    report: Report, result: CompetencyResult, columns: tuple[ShownGroup, ...]
) -> CompetencySection:
    named = next(c for c in report.competencies if c.id == result.competency_id)
    whole = Line(
        text="Altogether", cells=_row(dict(figures_of_competency(result)), columns), is_whole=True
    )
    items = tuple(
        Line(text=text_of_item(report, item), cells=_row(dict(figures_of_item(item)), columns))
        for item in result.items
    )
    return CompetencySection(
        id=named.id,
        name=named.name,
        definition=named.definition,
        reading=_reading(result),
        verdict=QUADRANT_WORDS[result.comparison.quadrant] if result.comparison else "",
        lines=(whole, *items) if len(items) > 1 else (whole,),
    )


def _row(figures: dict[str, GroupFigure], columns: tuple[ShownGroup, ...]) -> tuple[Cell, ...]:
    return tuple(
        _cell(figures[column.key]) if column.key in figures else Cell(text=NOTHING)
        for column in columns
    )


def _cell(figure: GroupFigure) -> Cell:
    if figure.figure.shown is Shown.HIDDEN:
        return Cell(text=NOTHING, why=figure.figure.text)
    return Cell(text=figure.figure.text, note=figure.agreement.value if figure.agreement else "")


def _reading(result: CompetencyResult) -> str:
    others, own = result.others, result.self_figure
    if others is None:
        return "No answers of others can be shown here."
    said = f"Others {others.figure.text}"
    if others.low is not None and others.high is not None:
        said += f" ({others.low:.1f} to {others.high:.1f})"
    said += f", from {others.count.words}; "
    return said + (f"self {own.text}." if own is not None and own.value else "no self rating.")


def _widest(report: Report, compared: list[CompetencyResult]) -> str:
    gaps = [
        (abs(r.comparison.gap), report.name_of(r))
        for r in compared
        if r.comparison and r.comparison.gap is not None and r.comparison.category not in _ALIKE
    ]
    return max(gaps)[1] if gaps else ""


def _words(report: Report, names: tuple[str, ...]) -> Iterator[tuple[str, tuple[WordsBlock, ...]]]:
    for question, text in report.questions.items():
        blocks = tuple(
            WordsBlock(
                group=block.group_name,
                texts=block.texts,
                telling=tuple(
                    dict.fromkeys(word for t in block.texts for word in telling_words(t, names))
                )
                if names
                else (),
            )
            for block in report.blocks_on(question)
        )
        if blocks:
            yield text, blocks
