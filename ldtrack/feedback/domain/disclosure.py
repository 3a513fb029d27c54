"""Which figures of a competency may be shown beside each other; printing them is done elsewhere.

Competency means go first, then the items that most raters answered. Each figure is admitted only
if everything shown so far, and everything shown in earlier releases, still passes the audit with
it; then it is put beside reports of other cycles, where a mean may be left with a band.
What is admitted depends on who answered, never on what they answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ldtrack.feedback.domain.anonymity import meets_floor
from ldtrack.feedback.domain.answers import CompetencyItems
from ldtrack.feedback.domain.audit import Aggregate, audit
from ldtrack.feedback.domain.between_cycles import Band, Neighbours
from ldtrack.feedback.domain.cell_answers import CellAnswers, FigureKey, item_of, mean_of, roughly
from ldtrack.feedback.domain.crossing import Crossing
from ldtrack.feedback.domain.reasons import Reason


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """For every figure of non-exempt raters: shown as this aggregate, or refused and why.

    A figure in `rough` is shown as one of these bands at most. `untold` are the exempt cells whose
    figures must not be shown.
    """

    shown: dict[FigureKey, Aggregate] = field(default_factory=dict)
    refused: dict[FigureKey, Reason] = field(default_factory=dict)
    rough: dict[FigureKey, tuple[Band, ...]] = field(default_factory=dict)
    untold: set[str] = field(default_factory=set)

    @property
    def is_cut_by_cycles(self) -> bool:
        """Whether reports of other cycles keep any figure of a group from being exact."""
        return bool(self.rough) or Reason.BETWEEN_CYCLES in self.refused.values()


def disclose(
    competency: CompetencyItems,
    cells: Sequence[CellAnswers],
    k: int,
    earlier: Sequence[Aggregate] = (),
    neighbours: Neighbours | None = None,
) -> Disclosure:
    """Admit figures one by one while the audit passes; refuse the others with a reason.

    `earlier` are figures of earlier editions, `neighbours` those of other cycles.
    """
    items = set(competency.item_ids)
    related = [a for a in earlier if any(item in items for _, item in a.row)]
    of = {c.cell.key: c for c in cells}
    crossing = Crossing(competency=competency, neighbours=neighbours, printed=related)
    disclosure = Disclosure(untold=crossing.untold(cells))
    crossing.begin_with(cells)
    for key, figure in _in_order(competency, [c for c in cells if not c.cell.exempt]):
        cell = of[key.cell_key]
        if not meets_floor(len(figure.raters), cell.cell.floor):
            disclosure.refused[key] = Reason.TOO_FEW_ANSWERS
        elif not audit([*related, *disclosure.shown.values(), figure], k).passed:
            disclosure.refused[key] = Reason.WOULD_REVEAL
        elif crossing.admits(cell, key, figure):
            disclosure.shown[key] = figure
        elif bands := crossing.bands(cell, key, figure):
            disclosure.shown[key] = roughly(figure)
            disclosure.rough[key] = bands
        else:
            disclosure.refused[key] = Reason.BETWEEN_CYCLES
    return disclosure


def _in_order(
    competency: CompetencyItems, cells: Sequence[CellAnswers]
) -> list[tuple[FigureKey, Aggregate]]:
    means = [(FigureKey(cell_key=c.cell.key), mean_of(competency, c)) for c in cells]
    items = [
        (FigureKey(cell_key=c.cell.key, item_id=item), item_of(c, item))
        for c in cells
        for item in competency.item_ids
    ]
    return sorted(means, key=_many_first) + sorted(items, key=_many_first)


def _many_first(entry: tuple[FigureKey, Aggregate]) -> tuple[int, str, str]:
    """An order that does not depend on how raters or items happen to be listed."""
    key, figure = entry
    return -len(figure.raters), key.cell_key, str(key.item_id)
