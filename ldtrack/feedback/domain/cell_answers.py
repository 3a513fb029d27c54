"""What the raters of one cell answered on one competency, and the sums that figures are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from ldtrack.feedback.domain.anonymity import Cell
from ldtrack.feedback.domain.answers import CompetencyItems, Key, RaterAnswers
from ldtrack.feedback.domain.audit import Aggregate, Term
from ldtrack.feedback.domain.scores import rater_score


def _same(_item: Key) -> int:
    return 1


@dataclass(frozen=True, kw_only=True)
class CellAnswers:
    """What the raters of one cell said on one competency; raters with under half are left out."""

    cell: Cell
    scores: dict[int, dict[Key, int]]
    weight: Callable[[Key], int] = _same

    @property
    def rater_scores(self) -> tuple[float, ...]:
        return tuple(
            sum(self.weight(item) * score for item, score in said.items()) / self._total(said)
            for said in self.scores.values()
        )

    @property
    def shares(self) -> dict[Term, Fraction]:
        """How much each answer weighs in the sum of rater scores, exactly."""
        return {
            (rater, item): Fraction(self.weight(item), self._total(said))
            for rater, said in self.scores.items()
            for item in said
        }

    def _total(self, said: Iterable[Key]) -> int:
        return sum(self.weight(item) for item in said)

    def on_item(self, item_id: Key) -> dict[int, int]:
        """The score of each rater who answered this item."""
        return {rater: said[item_id] for rater, said in self.scores.items() if item_id in said}


@dataclass(frozen=True, kw_only=True)
class FigureKey:
    """Names a figure of one competency: a cell's mean, or with an item that item's mean."""

    cell_key: str
    item_id: Key | None = None


def answers_of(
    cell: Cell, competency: CompetencyItems, raters: Iterable[RaterAnswers]
) -> CellAnswers:
    """The scores of the cell's raters who answered at least half of the competency's items."""
    scores: dict[int, dict[Key, int]] = {}
    for rater in raters:
        if rater.rater_key in cell.raters:
            said = rater.scored(competency.item_ids)
            if rater_score([said.get(item) for item in competency.item_ids]) is not None:
                scores[rater.rater_key] = said
    return CellAnswers(cell=cell, scores=scores, weight=competency.weight)


def mean_of(competency: CompetencyItems, cell: CellAnswers) -> Aggregate:
    """The sum of rater scores: an answer weighs its share of what the rater answered."""
    return Aggregate.weighted(label_of(competency.competency_id, cell.cell.key), cell.shares)


def item_of(cell: CellAnswers, item_id: Key) -> Aggregate:
    """The sum of what the raters answered to one item."""
    return Aggregate.over(label_of(item_id, cell.cell.key), cell.on_item(item_id).keys(), item_id)


ROUGHLY = " · roughly"
"""What the label of a figure ends with that is shown as a band at most."""


def roughly(figure: Aggregate) -> Aggregate:
    """The same figure under a label that says so."""
    return replace(figure, label=figure.label + ROUGHLY)


def label_of(asked: Key, cell_key: str) -> str:
    """The name under which a cell's figure on a competency or an item stands in the history."""
    return f"{asked} · {cell_key}"
