"""The viewer history of one subject: every figure that was ever shown, as sums over random keys.

It is stored with each release so that a later one can be audited beside it. It names no person:
the keys are those that answers were given at close, and go when the answers go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ldtrack.feedback.domain.anonymity import Cell
from ldtrack.feedback.domain.answers import CompetencyItems, Key, Questionnaire
from ldtrack.feedback.domain.audit import Aggregate, Term
from ldtrack.feedback.domain.cell_answers import ROUGHLY, label_of
from ldtrack.feedback.domain.comparing import CountedCell, CountedFigure, CountedItem
from ldtrack.feedback.domain.importance import LABEL


@dataclass(frozen=True, kw_only=True)
class ViewerHistory:
    """All figures that were shown, and the anonymous raters of every cell that was visible."""

    figures: tuple[Aggregate, ...] = ()
    cells: tuple[tuple[str, frozenset[int]], ...] = ()

    def and_then(self, later: ViewerHistory) -> ViewerHistory:
        """This and what was shown after it; the cells are the later ones."""
        known = set(self.figures)
        new = tuple(figure for figure in later.figures if figure not in known)
        return ViewerHistory(figures=self.figures + new, cells=later.cells)


def history_of(figures: Iterable[Aggregate], cells: Iterable[Cell]) -> ViewerHistory:
    """The history that one release leaves."""
    return ViewerHistory(
        figures=tuple(figures),
        cells=tuple((cell.key, cell.raters) for cell in cells if not cell.exempt),
    )


def counted_cells(
    form: Questionnaire, figures: Sequence[Aggregate], cells: Iterable[Cell]
) -> tuple[CountedCell, ...]:
    """How many raters are in each printed figure of each cell: numbers, and no keys."""
    found = {figure.label.removesuffix(ROUGHLY): figure for figure in figures}
    return tuple(_counted(form, found, cell) for cell in cells if not cell.exempt)


def _counted(form: Questionnaire, figures: Mapping[str, Aggregate], cell: Cell) -> CountedCell:
    def n_on(asked: Key) -> int:
        figure = figures.get(label_of(asked, cell.key))
        return len(figure.raters) if figure else 0

    def on(competency: CompetencyItems) -> CountedFigure:
        whole = figures.get(label_of(competency.competency_id, cell.key))
        return CountedFigure(
            competency_id=competency.competency_id,
            n=n_on(competency.competency_id),
            full=_n_full(whole, len(competency.item_ids)) if whole else 0,
            items=tuple(
                CountedItem(item_id=item, n=n_on(item), weight=competency.weight(item))
                for item in competency.item_ids
            ),
        )

    return CountedCell(
        group_keys=cell.group_keys,
        counted=tuple(on(competency) for competency in form.competencies),
        n=len(cell.raters),
        n_chose=len(cell.raters & figures[LABEL].raters) if LABEL in figures else 0,
        apart=tuple(CountedItem(item_id=item, n=n_on(item)) for item in form.derailers),
    )


def _n_full(figure: Aggregate, n_items: int) -> int:
    """How many raters are in the figure with all of its items."""
    answered = Counter(rater for (rater, _), _ in figure.terms)
    return sum(n == n_items for n in answered.values())


def history_to_dict(history: ViewerHistory) -> dict[str, Any]:
    """As JSON-ready values: answers of one weight to one item are written together."""
    return {
        "figures": [[figure.label, _parts(figure)] for figure in history.figures],
        "cells": [[key, sorted(raters)] for key, raters in history.cells],
    }


def history_from_dict(stored: Mapping[str, Any]) -> ViewerHistory:
    """The history that `history_to_dict` wrote."""
    return ViewerHistory(
        figures=tuple(
            Aggregate.weighted(label, _terms(parts)) for label, parts in stored["figures"]
        ),
        cells=tuple((key, frozenset(raters)) for key, raters in stored["cells"]),
    )


def _parts(figure: Aggregate) -> list[list[Any]]:
    together: dict[tuple[Key, Fraction], list[int]] = {}
    for (rater, item), weight in figure.terms:
        together.setdefault((item, weight), []).append(rater)
    return sorted(
        ([item, str(weight), sorted(raters)] for (item, weight), raters in together.items()),
        key=lambda part: (str(part[0]), part[1]),
    )


def _terms(parts: Iterable[Sequence[Any]]) -> dict[Term, Fraction]:
    return {(rater, item): Fraction(weight) for item, weight, raters in parts for rater in raters}
