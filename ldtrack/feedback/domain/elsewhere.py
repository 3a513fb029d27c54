"""Reports of other cycles about the same leader, read as figures over people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ldtrack.feedback.domain.answers import SELF_GROUP, Key, Scale
from ldtrack.feedback.domain.between_cycles import Neighbours
from ldtrack.feedback.domain.comparing import CountedCell, CountedItem, Turnout
from ldtrack.feedback.domain.document import CompetencyResult, GroupFigure, Release, ShownGroup
from ldtrack.feedback.domain.figures import Figure, Shown, printed_between
from ldtrack.feedback.domain.people_figures import (
    IMPORTANCE,
    Answered,
    PeopleFigure,
    Wordings,
    people_behind,
    shares_of,
)


@dataclass(frozen=True, kw_only=True)
class OtherReport:
    """A report of another cycle as printed. Without a `turnout` nobody knows who answered."""

    k: int
    release: Release
    wordings: Wordings
    turnout: Turnout | None


def neighbours(
    reports: Sequence[OtherReport],
    answered: Answered | None,
    wordings: Wordings,
    k: int,
    scale: Scale,
) -> Neighbours:
    """What a report is put beside; on another scale nothing can be subtracted."""
    comparable = [report for report in reports if report.release.scale == scale]
    return Neighbours(
        k=max([k, *(report.k for report in comparable)]),
        scale=scale,
        figures=tuple(
            figure for place, one in enumerate(comparable) for figure in figures_of(one, place)
        ),
        answered=answered,
        wordings=wordings,
    )


def figures_of(report: OtherReport, place: int) -> Iterator[PeopleFigure]:
    """What the report shows of others: competencies, items, and items that stand apart."""
    release = report.release
    anonymous = [group for group in release.groups if not group.exempt]
    cells: Sequence[CountedCell] = report.turnout.cells if report.turnout else ()
    counted = dict(zip((g.key for g in anonymous), cells, strict=False))
    for group in release.groups:
        if group.key == SELF_GROUP:
            continue
        shown = _Column(report=report, place=place, group=group, cell=counted.get(group.key))
        for result in release.competencies:
            yield from shown.on_competency(result)
        for item in release.derailers:
            yield from shown.on_item(_of(item.groups, group.key), item.item_id, None)
    yield from _choices(report, place)


def _choices(report: OtherReport, place: int) -> Iterator[PeopleFigure]:
    """What was told of choices that matter most: a known person's, and all others' together."""
    release, turnout = report.release, report.turnout
    told = [result.importance for result in release.competencies if result.importance]
    if any(one.by_manager is not None for one in told):
        for group in release.groups:
            if group.exempt and group.key != SELF_GROUP:
                people = turnout.answered.get(group.key) if turnout else None
                yield _chosen(people, 1, place, known_person=True)
    if any(one.others is not None for one in told):
        cells = turnout.cells if turnout else ()
        answered = turnout.answered if turnout else {}
        name = f"report {place}"
        everybody = frozenset[str]().union(
            *(people_behind(answered, cell.group_keys, cell.n, name) for cell in cells)
        )
        yield _chosen(everybody if turnout else None, sum(cell.n_chose for cell in cells), place)


def _chosen(
    people: frozenset[str] | None, n: int, place: int, *, known_person: bool = False
) -> PeopleFigure:
    return PeopleFigure(
        people=people,
        shares={},
        topic=IMPORTANCE,
        n=n,
        full=n,
        report=place,
        known_person=known_person,
    )


@dataclass(frozen=True, kw_only=True)
class _Column:
    """One group of one report; `cell` says what was counted of it, if that was kept."""

    report: OtherReport
    place: int
    group: ShownGroup
    cell: CountedCell | None

    def on_competency(self, result: CompetencyResult) -> Iterator[PeopleFigure]:
        items = {item.item_id: self._counted(item.item_id, result) for item in result.items}
        weights = {id_: one.weight if one else 1 for id_, one in items.items()}
        counted = self.cell.figure_on(result.competency_id) if self.cell else None
        figure = _of(result.groups, self.group.key)
        if figure is not None and figure.figure.shown is not Shown.HIDDEN:
            name = self.report.wordings.names[result.competency_id]
            yield self._figure(
                figure,
                shares_of([(self.report.wordings.items[i], w) for i, w in weights.items()]),
                topic=name,
                n=counted.n if counted else 0,
                full=counted.full if counted else 0,
            )
        for item in result.items:
            yield from self.on_item(_of(item.groups, self.group.key), item.item_id, result)

    def on_item(
        self, figure: GroupFigure | None, item: Key, result: CompetencyResult | None
    ) -> Iterator[PeopleFigure]:
        if figure is None or figure.figure.shown is Shown.HIDDEN:
            return
        counted = self._counted(item, result)
        n = counted.n if counted else 0
        shares = {self.report.wordings.items[item]: Fraction(1)}
        yield self._figure(figure, shares, topic="", n=n, full=n)

    def _counted(self, item: Key, result: CompetencyResult | None) -> CountedItem | None:
        if self.cell is None:
            return None
        on = self.cell.figure_on(result.competency_id) if result else None
        items = on.items if on else () if result else self.cell.apart
        return next((one for one in items if one.item_id == item), None)

    def _figure(
        self,
        figure: GroupFigure,
        shares: Mapping[str, Fraction],
        *,
        topic: str,
        n: int,
        full: int,
    ) -> PeopleFigure:
        printed: Figure = figure.figure
        is_kept = self.cell is not None and self.cell.n > 0
        return PeopleFigure(
            people=self._people(),
            shares=shares,
            topic=topic,
            n=n if is_kept else 0,
            full=full if is_kept else 0,
            report=self.place,
            between=printed_between(printed, self.report.release.scale),
            exact=printed.shown is not Shown.ROUGH,
            known_person=self.group.exempt,
        )

    def _people(self) -> frozenset[str] | None:
        turnout = self.report.turnout
        if turnout is None:
            return None
        if self.group.exempt:
            return turnout.answered.get(self.group.key, frozenset())
        if self.cell is None:
            return None
        name = f"report {self.place}"
        return people_behind(turnout.answered, self.cell.group_keys, self.cell.n, name)


def _of(figures: Sequence[GroupFigure], key: str) -> GroupFigure | None:
    return next((figure for figure in figures if figure.group_key == key), None)
