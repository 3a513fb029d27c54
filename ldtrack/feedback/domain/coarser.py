"""Which groups are put together so that reports of other cycles leave the most exact figures.

A group that one person joined can only be shown roughly; together with another that two joined,
three people came, and the figure of both together is exact. The groups as they are come first, and
others only where more answers stand behind exact figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from ldtrack.feedback.domain.anonymity import POOLED, Cell, Plan
from ldtrack.feedback.domain.answers import CompetencyItems, Questionnaire, RaterAnswers
from ldtrack.feedback.domain.audit import Aggregate
from ldtrack.feedback.domain.between_cycles import Neighbours
from ldtrack.feedback.domain.cell_answers import answers_of
from ldtrack.feedback.domain.disclosure import Disclosure, disclose


def most_exact(
    form: Questionnaire,
    raters: Sequence[RaterAnswers],
    plan: Plan,
    earlier: Sequence[Aggregate],
    neighbours: Neighbours,
) -> Plan:
    """The plan itself, or the one with groups put together that leaves more exact figures."""
    best, most = plan, Fraction(-1)
    for one in plans(plan):
        exact, refused = _exactness(form, raters, one, earlier, neighbours)
        if exact > most:
            best, most = one, exact
        if one is plan and not refused:
            break
    return best


def plans(plan: Plan) -> Iterator[Plan]:
    """The plan, then every way of putting two or more of its groups together, the fewest first.

    Groups that are together already stay so.
    """
    yield plan
    cells = [cell for cell in plan.cells if not cell.exempt]
    for size in range(2, len(cells) + 1):
        for block in combinations(cells, size):
            if all(cell in block for cell in cells if cell.key == POOLED):
                yield replace(plan, cells=_together(plan.cells, block))


def _together(cells: Sequence[Cell], block: Sequence[Cell]) -> tuple[Cell, ...]:
    pooled = Cell(
        key=POOLED,
        name=" and ".join(cell.name for cell in block),
        group_keys=tuple(key for cell in block for key in cell.group_keys),
        raters=frozenset(rater for cell in block for rater in cell.raters),
        exempt=False,
        floor=max(cell.floor for cell in block),
    )
    return (*(cell for cell in cells if cell not in block), pooled)


def _exactness(
    form: Questionnaire,
    raters: Sequence[RaterAnswers],
    plan: Plan,
    earlier: Sequence[Aggregate],
    neighbours: Neighbours,
) -> tuple[Fraction, bool]:
    """Raters behind exact figures, those of all items once; and whether any figure is not."""
    total, refused = Fraction(0), False
    for competency in form.competencies:
        cells = [answers_of(cell, competency, raters) for cell in plan.cells]
        found = disclose(competency, cells, plan.k, earlier, neighbours)
        total += _raters_in(competency, found)
        refused = refused or found.is_cut_by_cycles
    return total, refused


def _raters_in(competency: CompetencyItems, found: Disclosure) -> Fraction:
    n_items = len(competency.item_ids)
    return sum(
        (
            Fraction(len(figure.raters), 1 if key.item_id is None else n_items)
            for key, figure in found.shown.items()
            if key not in found.rough
        ),
        Fraction(0),
    )
