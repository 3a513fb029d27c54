"""The reliability of each competency over a whole cycle; the statistics are elsewhere.

Only raters who are part of a figure that some report shows take part: who is hidden counts in
nothing here either. It is computed once, when the cycle's last report is made.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ldtrack.feedback.domain.answers import CompetencyItems, Questionnaire, RaterAnswers
from ldtrack.feedback.domain.reliability import Floor, Reliability, alpha, floor_of, reliability
from ldtrack.feedback.domain.scores import rater_score


@dataclass(frozen=True, kw_only=True)
class CompetencyReliability:
    """One competency over all leaders of a cycle; alpha is about the questionnaire alone."""

    competency_id: int
    n_leaders: int
    ratings: Reliability | None
    alpha: float | None

    @property
    def floor(self) -> Floor:
        """What may be said of it."""
        return floor_of(self.n_leaders)


@dataclass(frozen=True, kw_only=True)
class LeaderRatings:
    """What a leader's raters answered, and who of them is in a shown figure, by competency."""

    raters: Sequence[RaterAnswers]
    shown: Mapping[int, Collection[int]]


def cycle_reliability(
    form: Questionnaire, leaders: Sequence[LeaderRatings]
) -> tuple[CompetencyReliability, ...]:
    """Every competency; of fewer leaders than may be shown, only how many there are is kept."""
    return tuple(_of(competency, leaders) for competency in form.competencies)


def _of(competency: CompetencyItems, leaders: Sequence[LeaderRatings]) -> CompetencyReliability:
    id_ = int(competency.competency_id)
    rows = [_rows(competency, leader, id_) for leader in leaders]
    scores = [_scores(competency, of) for of in rows]
    n = sum(bool(of) for of in scores)
    if floor_of(n) is Floor.HIDDEN:
        return CompetencyReliability(competency_id=id_, n_leaders=n, ratings=None, alpha=None)
    inside = alpha([row for of in rows for row in of])
    return CompetencyReliability(
        competency_id=id_,
        n_leaders=n,
        ratings=reliability(scores),
        alpha=None if inside is None else round(inside, 4),
    )


def _rows(competency: CompetencyItems, leader: LeaderRatings, id_: int) -> list[list[int | None]]:
    shown = leader.shown.get(id_, ())
    return [
        [said.get(item) for item in competency.item_ids]
        for rater in leader.raters
        if rater.rater_key in shown and (said := rater.scored(competency.item_ids))
    ]


def _scores(competency: CompetencyItems, rows: Sequence[Sequence[int | None]]) -> list[float]:
    weights = [competency.weight(item) for item in competency.item_ids]
    found = (rater_score(row, weights) for row in rows)
    return [score for score in found if score is not None]
