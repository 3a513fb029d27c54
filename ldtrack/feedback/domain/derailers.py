"""Items that stand apart: shown under the same rules as any item, and counted in no competency."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.feedback.domain.anonymity import Plan
from ldtrack.feedback.domain.answers import (
    SELF_GROUP,
    CompetencyItems,
    Key,
    Questionnaire,
    RaterAnswers,
)
from ldtrack.feedback.domain.audit import Aggregate
from ldtrack.feedback.domain.between_cycles import Neighbours
from ldtrack.feedback.domain.cell_answers import FigureKey, answers_of
from ldtrack.feedback.domain.disclosure import disclose
from ldtrack.feedback.domain.document import ItemResult
from ldtrack.feedback.domain.printing import Printer


def derailer_results(
    questionnaire: Questionnaire,
    raters: Sequence[RaterAnswers],
    plan: Plan,
    earlier: Sequence[Aggregate],
    neighbours: Neighbours | None = None,
) -> tuple[tuple[ItemResult, ...], list[Aggregate]]:
    """Every item that stands apart, printed, with the figures that were shown for it."""
    results: list[ItemResult] = []
    shown: list[Aggregate] = []
    for item in questionnaire.derailers:
        result, figures = _result(item, questionnaire, raters, plan, earlier, neighbours)
        results.append(result)
        shown += figures
    return tuple(results), shown


def _result(
    item: Key,
    questionnaire: Questionnaire,
    raters: Sequence[RaterAnswers],
    plan: Plan,
    earlier: Sequence[Aggregate],
    neighbours: Neighbours | None,
) -> tuple[ItemResult, list[Aggregate]]:
    printer = Printer(k=plan.k, scale=questionnaire.scale)
    alone = CompetencyItems(competency_id=item, item_ids=(item,))
    cells = [answers_of(cell, alone, raters) for cell in plan.cells]
    disclosure = disclose(alone, cells, plan.k, earlier, neighbours)
    printed = {cell.cell.key: printer.items(cell, alone, disclosure)[item] for cell in cells}
    own = printed.pop(SELF_GROUP, None)
    result = ItemResult(
        item_id=item,
        self_figure=own.figure if own else None,
        groups=tuple(printed.values()),
    )
    keys = [FigureKey(cell_key=cell.cell.key, item_id=item) for cell in cells]
    return result, [disclosure.shown[key] for key in keys if key in disclosure.shown]
