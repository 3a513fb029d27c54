"""Prints the figures of one competency, group by group; what may be shown was decided before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from ldtrack.feedback.domain.agreement import EXACT_FROM, agreement
from ldtrack.feedback.domain.agreement_indices import (
    Rows,
    awg_j,
    mean_distance_j,
    r_star_wg_j,
    rwg_j,
)
from ldtrack.feedback.domain.answers import CompetencyItems, Key, Scale
from ldtrack.feedback.domain.between_cycles import band_of
from ldtrack.feedback.domain.cell_answers import CellAnswers, FigureKey
from ldtrack.feedback.domain.disclosure import Disclosure
from ldtrack.feedback.domain.document import AgreementNumbers, GroupFigure
from ldtrack.feedback.domain.figures import (
    Count,
    Shown,
    count_of,
    hidden,
    number,
    rough,
    shielded,
)
from ldtrack.feedback.domain.reasons import Reason

KNOWN_PERSON = Count(at_least=1, exact=True)


@dataclass(frozen=True, kw_only=True)
class Printer:
    """What printing needs to know besides the answers: the floor and the scale."""

    k: int
    scale: Scale

    def mean(
        self, cell: CellAnswers, competency: CompetencyItems, disclosure: Disclosure
    ) -> GroupFigure:
        """The cell's mean of rater scores on the competency, with how far its raters agree."""
        scores = cell.rater_scores
        if cell.cell.exempt:
            return self._known(cell.cell.key, scores, disclosure)
        key = FigureKey(cell_key=cell.cell.key)
        if key in disclosure.rough:
            return self._rough(key, scores, disclosure, cell.cell.floor)
        printed = self._grouped(key, scores, disclosure, cell.cell.floor, word=True)
        rows = [[said.get(i) for i in competency.item_ids] for said in cell.scores.values()]
        if printed.figure.shown is not Shown.NUMBER or len(rows) < EXACT_FROM:
            return printed
        return replace(printed, numbers=_numbers(rows, self.scale))

    def items(
        self, cell: CellAnswers, competency: CompetencyItems, disclosure: Disclosure
    ) -> dict[Key, GroupFigure]:
        """The cell's mean on each item.

        Beside a competency mean and a low item, the other items would tell by subtraction how
        low it is, so they are withheld.
        """
        printed = {item: self._item(cell, item, disclosure) for item in competency.item_ids}
        if cell.cell.exempt or not self._tells_low(cell, competency, disclosure, printed.values()):
            return printed
        return {
            item: self._withheld(figure) if figure.figure.value is not None else figure
            for item, figure in printed.items()
        }

    def _item(self, cell: CellAnswers, item: Key, disclosure: Disclosure) -> GroupFigure:
        scores = tuple(cell.on_item(item).values())
        if cell.cell.exempt:
            return self._known(cell.cell.key, scores, disclosure)
        key = FigureKey(cell_key=cell.cell.key, item_id=item)
        return self._grouped(key, scores, disclosure, cell.cell.floor, word=False)

    def _tells_low(
        self,
        cell: CellAnswers,
        competency: CompetencyItems,
        disclosure: Disclosure,
        items: Collection[GroupFigure],
    ) -> bool:
        mean = self.mean(cell, competency, disclosure).figure
        return mean.shown is Shown.NUMBER and any(i.figure.shown is Shown.LOW for i in items)

    def _rough(
        self, key: FigureKey, scores: Sequence[float], disclosure: Disclosure, floor: int
    ) -> GroupFigure:
        """The band of a mean; one over more than half of the scale says too little."""
        low, high = band_of(fmean(scores), disclosure.rough[key])
        if 2 * (high - low) > self.scale.hi - self.scale.lo:
            figure = hidden(Reason.BETWEEN_CYCLES, floor)
            return GroupFigure(group_key=key.cell_key, figure=figure)
        return GroupFigure(
            group_key=key.cell_key,
            figure=rough(low, high, Reason.BETWEEN_CYCLES),
            count=count_of(len(scores), floor),
        )

    def _known(self, cell_key: str, scores: Sequence[float], disclosure: Disclosure) -> GroupFigure:
        if cell_key in disclosure.untold:
            return GroupFigure(group_key=cell_key, figure=hidden(Reason.BETWEEN_CYCLES, self.k))
        if not scores:
            return GroupFigure(group_key=cell_key, figure=hidden(Reason.NOT_OBSERVED, self.k))
        return GroupFigure(group_key=cell_key, figure=number(fmean(scores)), count=KNOWN_PERSON)

    def _grouped(
        self,
        key: FigureKey,
        scores: Sequence[float],
        disclosure: Disclosure,
        floor: int,
        *,
        word: bool,
    ) -> GroupFigure:
        reason = disclosure.refused.get(key)
        if reason is not None:
            return GroupFigure(group_key=key.cell_key, figure=hidden(reason, floor))
        figure = shielded(fmean(scores), self.scale)
        speak = word and figure.shown is Shown.NUMBER
        return GroupFigure(
            group_key=key.cell_key,
            figure=figure,
            count=count_of(len(scores), floor),
            agreement=agreement(scores, floor) if speak else None,
        )

    def _withheld(self, figure: GroupFigure) -> GroupFigure:
        return GroupFigure(group_key=figure.group_key, figure=hidden(Reason.BESIDE_LOW, self.k))


def _numbers(rows: Rows, scale: Scale) -> AgreementNumbers | None:
    distance, rwg, r_star = mean_distance_j(rows), rwg_j(rows, scale), r_star_wg_j(rows, scale)
    if distance is None or rwg is None or r_star is None:
        return None
    near_ends = awg_j(rows, scale)
    return AgreementNumbers(
        distance=round(distance, 2),
        rwg_j=round(rwg.value, 2),
        r_star_wg_j=round(r_star, 2),
        awg=None if near_ends is None else round(near_ends, 2),
    )
