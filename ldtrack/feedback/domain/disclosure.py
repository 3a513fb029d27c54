"""Which figures of a competency may be shown beside each other; printing them is done elsewhere.

Competency means go first, then the items that most raters answered. Each figure is admitted only
if everything shown so far, and everything shown in earlier releases, still passes the audit with
it. What is admitted depends on who answered, never on what they answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ldtrack.feedback.domain.anonymity import Cell, meets_floor
from ldtrack.feedback.domain.answers import CompetencyItems, Key, RaterAnswers
from ldtrack.feedback.domain.audit import Aggregate, Term, audit
from ldtrack.feedback.domain.reasons import Reason
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


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """For every figure of non-exempt raters: shown as this aggregate, or refused and why."""

    shown: dict[FigureKey, Aggregate]
    refused: dict[FigureKey, Reason]


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


def disclose(
    competency: CompetencyItems,
    cells: Sequence[CellAnswers],
    k: int,
    earlier: Sequence[Aggregate] = (),
) -> Disclosure:
    """Admit figures one by one while the audit passes; refuse the others with a reason."""
    items = set(competency.item_ids)
    related = [a for a in earlier if any(item in items for _, item in a.row)]
    floors = {c.cell.key: c.cell.floor for c in cells}
    disclosure = Disclosure(shown={}, refused={})
    for key, figure in _in_order(competency, [c for c in cells if not c.cell.exempt]):
        if not meets_floor(len(figure.raters), floors[key.cell_key]):
            disclosure.refused[key] = Reason.TOO_FEW_ANSWERS
        elif not audit([*related, *disclosure.shown.values(), figure], k).passed:
            disclosure.refused[key] = Reason.WOULD_REVEAL
        else:
            disclosure.shown[key] = figure
    return disclosure


def _in_order(
    competency: CompetencyItems, cells: Sequence[CellAnswers]
) -> list[tuple[FigureKey, Aggregate]]:
    means = [(FigureKey(cell_key=c.cell.key), _mean_of(competency, c)) for c in cells]
    items = [
        (FigureKey(cell_key=c.cell.key, item_id=item), _item_of(c, item))
        for c in cells
        for item in competency.item_ids
    ]
    return sorted(means, key=_many_first) + sorted(items, key=_many_first)


def _many_first(entry: tuple[FigureKey, Aggregate]) -> tuple[int, str, str]:
    """An order that does not depend on how raters or items happen to be listed."""
    key, figure = entry
    return -len(figure.raters), key.cell_key, str(key.item_id)


def _mean_of(competency: CompetencyItems, cell: CellAnswers) -> Aggregate:
    """The sum of rater scores: an answer weighs its share of what the rater answered."""
    return Aggregate.weighted(label_of(competency.competency_id, cell.cell.key), cell.shares)


def _item_of(cell: CellAnswers, item_id: Key) -> Aggregate:
    return Aggregate.over(label_of(item_id, cell.cell.key), cell.on_item(item_id).keys(), item_id)


def label_of(asked: Key, cell_key: str) -> str:
    """The name under which a cell's figure on a competency or an item stands in the history."""
    return f"{asked} · {cell_key}"
