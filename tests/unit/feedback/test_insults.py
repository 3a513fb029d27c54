"""Words that may insult: found as they were written, in every shipped language."""

from __future__ import annotations

import time

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.insults import (
    LONGEST_LINE,
    MOST_LINES,
    SHIPPED,
    insulting_words,
    lines_in,
)
from ldtrack.feedback.domain.phrases import LANGUAGES


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "What an IDIOTIC plan, you clown.", ("IDIOTIC", "clown")),
        ("de", "So eine blöde Idee, du Feigling.", ("blöde", "Feigling")),
        ("fr", "Quel imbécile, un vrai menteur.", ("imbécile", "menteur")),
        ("es", "Es un estúpido y una mentirosa.", ("estúpido", "mentirosa")),
    ],
)
def test_a_shipped_list_finds_insults_of_its_language(
    language: str, text: str, found: tuple[str, ...]
) -> None:
    assert insulting_words(text, SHIPPED[language]) == found


@pytest.mark.parametrize(
    "text",
    [
        "She sets an assignment and assesses it with class.",
        "Er führt durch das Brainstorming und die Faultiere im Zoo.",
        "Elle raconte bien, nullement pressée.",
        "Un vagón local, computado a tiempo.",
    ],
)
def test_a_word_within_another_is_none(text: str) -> None:
    assert insulting_words(text, [line for lines in SHIPPED.values() for line in lines]) == ()


def test_there_is_a_list_for_every_language_that_pages_are_written_in() -> None:
    assert sorted(SHIPPED) == sorted(LANGUAGES)
    for lines in SHIPPED.values():
        assert lines_in("\n".join(lines)) == lines


def test_letters_that_are_put_together_are_the_same_as_those_that_are_one() -> None:
    assert insulting_words("imbe\u0301cile", SHIPPED["fr"]) == ("imb\u00e9cile",)


def test_lines_are_kept_once_without_blanks_and_without_lines_that_say_nothing() -> None:
    assert lines_in("  old   hand \n\nold hand\n*\n * \nrat*") == ("old hand", "rat*")


def test_too_many_and_too_long_lines_are_refused() -> None:
    with pytest.raises(RuleBroken, match=f"Keep to {MOST_LINES} lines"):
        lines_in("\n".join(f"word{n}" for n in range(MOST_LINES + 1)))
    with pytest.raises(RuleBroken, match=f"at most {LONGEST_LINE} letters"):
        lines_in("x" * (LONGEST_LINE + 1))


def test_signs_of_patterns_are_only_signs() -> None:
    assert insulting_words("a.b (c)", ["a.b", "(c)"]) == ("a.b", "(c)")
    assert insulting_words("axb", ["a.b"]) == ()
    assert insulting_words("[", ["["]) == ("[",)


def test_a_long_comment_and_a_full_list_take_no_time() -> None:
    lines = [f"word{n} other*" for n in range(MOST_LINES)]
    began = time.perf_counter()
    assert insulting_words("word1 othe " * 900, lines) == ()
    assert time.perf_counter() - began < 1
