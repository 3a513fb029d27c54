"""What a questionnaire may look like when it is edited; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.asked import LARGEST_WEIGHT, QuestionRow
from ldtrack.feedback.domain.commands import Statement

T = TypeVar("T")

MOST_STATEMENTS = 100
"""Longer ones are answered without care, or not at all."""
MOST_QUESTIONS = 8
LONGEST_STATEMENT = 500
LONGEST_QUESTION = 300


def check_statements(statements: Sequence[Statement], n_others: int, others_ask: bool) -> None:
    """Raise `RuleBroken` if a section may not have these; `n_others` stand in other sections.

    `others_ask` says that some competency is asked about elsewhere.
    """
    if any(not statement.text.strip() for statement in statements):
        raise RuleBroken("statements", "A statement needs words.")
    if any(len(statement.text) > LONGEST_STATEMENT for statement in statements):
        raise RuleBroken("statements", f"Keep a statement under {LONGEST_STATEMENT} characters.")
    if any(not 1 <= statement.weight <= LARGEST_WEIGHT for statement in statements):
        raise RuleBroken("statements", f"Weights go from 1 to {LARGEST_WEIGHT}.")
    if not statements and not others_ask:
        raise RuleBroken("statements", "A questionnaire asks about one competency at least.")
    if len(statements) + n_others > MOST_STATEMENTS:
        raise RuleBroken(
            "statements",
            f"That would be {len(statements) + n_others} statements; at most {MOST_STATEMENTS}.",
        )


def check_questions(questions: Sequence[QuestionRow]) -> None:
    """Raise `RuleBroken` for too many questions, or one without words."""
    if len(questions) > MOST_QUESTIONS:
        raise RuleBroken("questions", f"At most {MOST_QUESTIONS} questions are answered.")
    if any(not question.text.strip() for question in questions):
        raise RuleBroken("questions", "A question needs words.")
    if len({question.key for question in questions}) != len(questions):
        raise RuleBroken("questions", "Each question is asked once.")


def check_words(words: Sequence[str], steps: int) -> None:
    """Raise `RuleBroken` unless all steps have a word, or none has."""
    if len(words) not in (0, steps) or any(not word.strip() for word in words):
        raise RuleBroken("words", "Give every step a word, or none.")


def moved_one(rows: Sequence[T], place: int, *, up: bool) -> tuple[T, ...]:
    """The rows with one of them a place earlier or later; at the ends nothing happens.

    >>> moved_one("abc", 2, up=True), moved_one("ab", 1, up=False)
    (('a', 'c', 'b'), ('a', 'b'))
    """
    found = list(rows)
    there = place + (-1 if up else 1)
    if 0 <= place < len(found) and 0 <= there < len(found):
        found[place], found[there] = found[there], found[place]
    return tuple(found)


def new_question_key(taken: Sequence[str]) -> str:
    """A key that no question has yet.

    >>> new_question_key(["keep", "q1"])
    'q2'
    """
    number = 1
    while f"q{number}" in taken:
        number += 1
    return f"q{number}"
