"""How self remembers an earlier time: shown beside everything and part of nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ldtrack.feedback.domain.anonymity import Plan
from ldtrack.feedback.domain.answers import SELF_GROUP, CompetencyItems, Key, RaterAnswers
from ldtrack.feedback.domain.scores import rater_score


@dataclass(frozen=True, kw_only=True)
class ThenRatings:
    """The remembered scores on one competency and, if half of its items have one, their mean."""

    whole: float | None = None
    items: dict[Key, int] = field(default_factory=dict)


def then_of(competency: CompetencyItems, raters: Iterable[RaterAnswers], plan: Plan) -> ThenRatings:
    """What the visible self said about an earlier time; nothing if there is none."""
    own = [key for cell in plan.cells if cell.key == SELF_GROUP for key in cell.raters]
    for rater in raters:
        if rater.rater_key in own:
            said = {
                answer.item_id: answer.score
                for answer in rater.then
                if answer.score is not None and answer.item_id in competency.item_ids
            }
            weights = [competency.weight(item) for item in competency.item_ids]
            whole = rater_score([said.get(item) for item in competency.item_ids], weights)
            return ThenRatings(whole=whole, items=said)
    return ThenRatings()
