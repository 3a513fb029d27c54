"""One competency's part of a release: disclosed, printed and totalled, in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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
from ldtrack.feedback.domain.disclosure import Disclosure, disclose
from ldtrack.feedback.domain.document import CompetencyResult, Importance, ItemResult
from ldtrack.feedback.domain.figures import number
from ldtrack.feedback.domain.importance import Chosen
from ldtrack.feedback.domain.printing import Printer
from ldtrack.feedback.domain.reasons import Reason
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.self_others import GapRule
from ldtrack.feedback.domain.then_ratings import then_of
from ldtrack.feedback.domain.totals import compare, evidence_of, others_of, visible_groups


@dataclass(frozen=True, kw_only=True)
class ReleaseChoices:
    """What the cycle settled at its launch, besides the floor."""

    weighting: Weighting = Weighting.GROUP
    gap_rule: GapRule = field(default_factory=GapRule)


def competency_result(
    competency: CompetencyItems,
    raters: Sequence[RaterAnswers],
    plan: Plan,
    questionnaire: Questionnaire,
    earlier: Sequence[Aggregate],
    choices: ReleaseChoices,
    importance: Chosen,
    neighbours: Neighbours | None = None,
) -> tuple[CompetencyResult, list[Aggregate]]:
    """One competency printed, with the figures that were shown for it."""
    printer = Printer(k=plan.k, scale=questionnaire.scale)
    cells = [answers_of(cell, competency, raters) for cell in plan.cells]
    disclosure = disclose(competency, cells, plan.k, earlier, neighbours)
    means = {cell.cell.key: printer.mean(cell, competency, disclosure) for cell in cells}
    printed = {cell.cell.key: printer.items(cell, competency, disclosure) for cell in cells}
    own = means.pop(SELF_GROUP, None)
    own_items = printed.pop(SELF_GROUP, {})
    self_figure = own.figure if own else None
    visible = visible_groups(means.values(), cells, questionnaire.scale)
    others = others_of(visible, choices.weighting)
    before = then_of(competency, raters, plan)
    items = tuple(
        ItemResult(
            item_id=item,
            self_figure=own_items[item].figure if item in own_items else None,
            groups=tuple(figures[item] for figures in printed.values()),
            then_figure=number(before.items[item]) if item in before.items else None,
        )
        for item in competency.item_ids
    )
    result = CompetencyResult(
        competency_id=competency.competency_id,
        self_figure=self_figure,
        groups=tuple(means.values()),
        others=others,
        comparison=compare(self_figure, visible, others, choices.gap_rule),
        evidence=evidence_of(visible),
        items=items,
        importance=_importance(importance, competency.competency_id),
        then_figure=None if before.whole is None else number(before.whole),
    )
    return result, _still_shown(disclosure, items)


def _importance(chosen: Chosen, competency_id: Key) -> Importance | None:
    if chosen.by_self is None and chosen.by_manager is None and not chosen.by_others:
        return None
    return Importance(
        by_self=None if chosen.by_self is None else competency_id in chosen.by_self,
        by_manager=None if chosen.by_manager is None else competency_id in chosen.by_manager,
        others=chosen.share(competency_id),
    )


def _still_shown(disclosure: Disclosure, items: Sequence[ItemResult]) -> list[Aggregate]:
    """The admitted figures without the items that were withheld beside a low one."""
    withheld = {
        FigureKey(cell_key=group.group_key, item_id=item.item_id)
        for item in items
        for group in item.groups
        if group.figure.reason is Reason.BESIDE_LOW
    }
    return [figure for key, figure in disclosure.shown.items() if key not in withheld]
