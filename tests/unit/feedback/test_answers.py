"""Which raters count, and what is refused before anything is computed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

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


def test_a_derailer_may_be_scored_but_belongs_to_no_competency() -> None:
    asked = replace(form(), derailers=("d1",))
    assert (asked.item_ids, asked.asked_ids) == (("q1",), ("q1", "d1"))
    only_that = rater(1, "peer", d1=2)
    assert counted_raters(asked, [only_that]) == (only_that,)
    with pytest.raises(RuleBroken):
        replace(form(), derailers=("q1",))


def test_items_count_the_same_unless_every_one_has_a_weight() -> None:
    plain = CompetencyItems(competency_id="c", item_ids=("a", "b"))
    assert (plain.weight("a"), plain.weight("b")) == (1, 1)
    assert replace(plain, weights=(1, 3)).weight("b") == 3
    for wrong in ((1,), (1, 0), (1, 2, 3)):
        with pytest.raises(RuleBroken, match="weight of 1 or more"):
            replace(plain, weights=wrong)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"matters_most": frozenset({"flying"})}, "competency"),
        ({"then": (Answer(item_id="q9", score=3),)}, "item"),
        ({"then": (Answer(item_id="q1", score=6),)}, "score"),
        ({"then": (Answer(item_id="q1"), Answer(item_id="q1"))}, "item"),
    ],
)
def test_what_matters_most_and_how_it_was_must_fit_the_questionnaire_too(
    said: dict[str, Any], field: str
) -> None:
    fits: dict[str, Any] = {
        "matters_most": frozenset({"listening"}),
        "then": (Answer(item_id="q1", score=2),),
    }
    assert counted_raters(form(), [replace(rater(1, "self", q1=3), **fits)]) != ()
    with pytest.raises(RuleBroken) as broken:
        counted_raters(form(), [replace(rater(1, "self", q1=3), **said)])
    assert broken.value.field == field
