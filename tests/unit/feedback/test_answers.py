"""Which raters count, and what is refused before anything is computed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.answers import Answer, CompetencyItems, RaterAnswers, counted_raters
from tests.unit.feedback.makers import form, rater


def test_a_score_and_not_able_to_observe_exclude_each_other() -> None:
    with pytest.raises(RuleBroken) as broken:
        Answer(item_id="q1", score=3, not_observed=True)
    assert broken.value.field == "score"


def test_a_draft_counts_nowhere() -> None:
    draft = replace(rater(1, "peer", q1=5), submitted=False)
    assert counted_raters(form(), [draft]) == ()


def test_a_rater_without_any_score_does_not_count() -> None:
    assert counted_raters(form(), [rater(1, "peer", q1=None)]) == ()


def test_a_person_in_two_groups_counts_once_in_the_group_named_first() -> None:
    as_peer, as_client = rater(7, "peer", q1=4), rater(7, "stakeholder", q1=2)
    assert counted_raters(form(), [as_client, as_peer]) == (as_peer,)
    assert counted_raters(form(), [as_peer, as_client]) == (as_peer,)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (rater(1, "peer", q1=6), "score"),
        (rater(1, "peer", q1=0), "score"),
        (rater(1, "peer", q9=3), "item"),
        (rater(1, "neighbour", q1=3), "group"),
        (
            replace(rater(1, "peer"), answers=(Answer(item_id="q1"), Answer(item_id="q1"))),
            "item",
        ),
    ],
)
def test_answers_that_do_not_fit_the_questionnaire_are_refused(
    answers: RaterAnswers, field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        counted_raters(form(), [answers])
    assert broken.value.field == field


def test_an_item_belongs_to_one_competency() -> None:
    twice = CompetencyItems(competency_id="clarity", item_ids=("q1",))
    with pytest.raises(RuleBroken):
        replace(form(), competencies=(*form().competencies, twice))
