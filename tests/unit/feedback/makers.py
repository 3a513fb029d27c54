"""Short ways to write down questionnaires and answers in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ldtrack.feedback.domain.answers import (
    Answer,
    CompetencyItems,
    Questionnaire,
    RaterAnswers,
    RaterGroup,
)

SELF = RaterGroup(key="self", name="Self", exempt=True)
MANAGER = RaterGroup(key="manager", name="Manager", exempt=True)
PEERS = RaterGroup(key="peer", name="Peers")
REPORTS = RaterGroup(key="direct", name="Direct reports")
STAKEHOLDERS = RaterGroup(key="stakeholder", name="Stakeholders")
GROUPS = (SELF, MANAGER, PEERS, REPORTS, STAKEHOLDERS)


def form(competencies: Mapping[str, Sequence[str]] | None = None) -> Questionnaire:
    """A questionnaire over the usual groups; by default one competency with one item."""
    asked = competencies or {"listening": ["q1"]}
    return Questionnaire(
        groups=GROUPS,
        competencies=tuple(
            CompetencyItems(competency_id=name, item_ids=tuple(items))
            for name, items in asked.items()
        ),
    )


def rater(key: int, group: str, **scores: int | None) -> RaterAnswers:
    """One rater; None means "not able to observe"."""
    answers = tuple(
        Answer(item_id=item, score=score, not_observed=score is None)
        for item, score in scores.items()
    )
    return RaterAnswers(rater_key=key, group_key=group, answers=answers)


def raters(group: str, first: int, *scores: Sequence[int | None] | int) -> list[RaterAnswers]:
    """Raters of one group with keys from `first` on, each with scores for q1, q2, …"""
    rows = [(row,) if isinstance(row, int) else tuple(row) for row in scores]
    return [
        rater(first + place, group, **{f"q{i}": score for i, score in enumerate(row, start=1)})
        for place, row in enumerate(rows)
    ]
