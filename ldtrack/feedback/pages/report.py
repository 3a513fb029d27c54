"""A report as a page, made from the stored release and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ldtrack.charts.series import Dumbbell
from ldtrack.feedback.domain.document import AgreementNumbers, CompetencyResult, ShownGroup
from ldtrack.feedback.domain.flags import telling_words
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.domain.self_others import Category, Quadrant
from ldtrack.feedback.domain.told import Told, told
from ldtrack.feedback.pages.figures import weighting_of
from ldtrack.feedback.pages.report_chart import awareness_chart
from ldtrack.feedback.pages.report_sections import (
    CompetencySection,
    Line,
    lines_apart,
    sections_of,
)
from ldtrack.feedback.queries import ShownReport

_ALIKE = (Category.AGREE_HIGH, Category.AGREE_LOW)


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
    apart: tuple[Line, ...]
    words: tuple[tuple[str, tuple[WordsBlock, ...]], ...]
    chart: Dumbbell | None
    n_compared: int
    n_alike: int
    widest: tuple[str, ...]
    told: Told

    @property
    def report(self) -> Report:
        """The stored report."""
        return self.shown.report

    @property
    def numbers(self) -> tuple[tuple[str, str, AgreementNumbers], ...]:
        """Competency, group and its agreement in numbers, where the release has them."""
        names = {group.key: group.name for group in self.columns}
        return tuple(
            (self.report.name_of(result), names[figure.group_key], figure.numbers)
            for result in self.report.release.competencies
            for figure in result.groups
            if figure.numbers is not None
        )

    @property
    def has_rough(self) -> bool:
        """Whether any figure is only a band."""
        return self.shown.report.has_rough

    @property
    def weighting(self) -> str:
        """How groups were put together into “others”."""
        return weighting_of(self.report)


def report_page(
    shown: ShownReport,
    *,
    own: bool = False,
    names_to_flag: tuple[str, ...] = (),
    roles_to_flag: Sequence[str] = (),
) -> ReportPage:
    """The page of a report; comments are flagged for the coach if there are names to look for."""
    report = shown.report
    columns = report.release.groups
    compared = [r for r in report.release.competencies if r.comparison is not None]
    return ReportPage(
        shown=shown,
        own=own,
        columns=columns,
        sections=sections_of(report, columns),
        apart=lines_apart(report, columns),
        words=tuple(_words(report, names_to_flag, roles_to_flag)),
        chart=awareness_chart(report),
        n_compared=len(compared),
        n_alike=sum(r.comparison.category in _ALIKE for r in compared if r.comparison),
        widest=_widest(report, compared),
        told=told(report, own=own),
    )


def surprises(page: ReportPage) -> tuple[CompetencySection, ...]:
    """Where self and others are clearly apart; the leader may not expect these."""
    apart = (Quadrant.BLIND_SPOT, Quadrant.HIDDEN_STRENGTH)
    return tuple(section for section in page.sections if section.quadrant in apart)


def order_to_talk(page: ReportPage) -> tuple[CompetencySection, ...]:
    """Strengths first, then what others see higher, then room to grow, and surprises last."""
    order = (
        Quadrant.CONFIRMED_STRENGTH,
        Quadrant.HIDDEN_STRENGTH,
        Quadrant.UNCLEAR,
        Quadrant.CONFIRMED_DEVELOPMENT_AREA,
        Quadrant.BLIND_SPOT,
    )
    told = [(order.index(s.quadrant), n, s) for n, s in enumerate(page.sections) if s.quadrant]
    return tuple(section for _, _, section in sorted(told, key=lambda entry: entry[:2]))


def _widest(report: Report, compared: list[CompetencyResult]) -> tuple[str, ...]:
    """The competencies with the widest gap, all of them if several gaps are as wide."""
    gaps = [
        (abs(r.comparison.gap), report.name_of(r))
        for r in compared
        if r.comparison and r.comparison.gap is not None and r.comparison.category not in _ALIKE
    ]
    widest = max((gap for gap, _ in gaps), default=0.0)
    return tuple(name for gap, name in gaps if gap == widest)


def _words(
    report: Report, names: tuple[str, ...], roles: Sequence[str]
) -> Iterator[tuple[str, tuple[WordsBlock, ...]]]:
    for question, text in report.questions.items():
        blocks = tuple(
            WordsBlock(
                group=block.group_name,
                texts=block.texts,
                telling=tuple(
                    dict.fromkeys(
                        word for t in block.texts for word in telling_words(t, names, roles)
                    )
                )
                if names
                else (),
            )
            for block in report.blocks_on(question)
        )
        if blocks:
            yield text, blocks
