"""What an edited questionnaire may look like."""

from __future__ import annotations

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.asked import QuestionRow
from ldtrack.feedback.domain.commands import Statement
from ldtrack.feedback.domain.editing import (
    MOST_STATEMENTS,
    check_questions,
    check_statements,
    check_words,
    moved_one,
)

SAYS = Statement(text="Hears people out")


@pytest.mark.parametrize(
    ("statements", "n_others", "sentence"),
    [
        ([Statement(text="  ")], 1, "A statement needs words."),
        ([Statement(text="x" * 501)], 1, "Keep a statement under 500 characters."),
        ([Statement(text="x", weight=6)], 1, "Weights go from 1 to 5."),
        ([Statement(text="x", weight=0)], 1, "Weights go from 1 to 5."),
        ([SAYS], MOST_STATEMENTS, "That would be 101 statements; at most 100."),
    ],
)
def test_statements_that_no_questionnaire_may_have(
    statements: list[Statement], n_others: int, sentence: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_statements(statements, n_others, True)
    assert broken.value.message == sentence


def test_a_section_may_be_emptied_only_if_another_one_asks_something() -> None:
    check_statements([], 1, True)
    with pytest.raises(RuleBroken, match="one competency at least"):
        check_statements([], 1, False)


def test_questions_have_words_and_keys_of_their_own() -> None:
    check_questions([])
    one = QuestionRow(key="keep", text="Keep doing?")
    for wrong in ([one, one], [QuestionRow(key="x", text=" ")], [one] * 9):
        with pytest.raises(RuleBroken):
            check_questions(wrong)


def test_every_step_has_a_word_or_none_has() -> None:
    check_words([], 5)
    check_words(["a", "b"], 2)
    for wrong in (["a"], ["a", " "]):
        with pytest.raises(RuleBroken, match="every step"):
            check_words(wrong, 2)


def test_a_row_moves_one_place_and_stops_at_the_ends() -> None:
    assert moved_one((1, 2, 3), 1, up=True) == (2, 1, 3)
    assert moved_one((1, 2, 3), 1, up=False) == (1, 3, 2)
    assert moved_one((1, 2, 3), 0, up=True) == (1, 2, 3)
    assert moved_one((1, 2), 9, up=True) == (1, 2)
