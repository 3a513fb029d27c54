"""Prompts, what counts as writing, and the rhythm of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ldtrack.reflection.domain import (
    Draft,
    Prompt,
    begun_with,
    says_something,
    weeks_with_an_entry,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("prompt", [Prompt.GIBBS, Prompt.KOLB])
def test_the_questions_alone_are_not_an_entry_but_one_answer_is(prompt: Prompt) -> None:
    assert not says_something(prompt.starter, prompt)
    assert not says_something(prompt.starter.upper() + "\n \n", prompt)
    assert says_something(prompt.starter + "\nI asked Rosa.", prompt)


@pytest.mark.parametrize(("body", "said"), [("", False), (" \n\t", False), ("So.", True)])
def test_a_blank_page_needs_a_line(body: str, said: bool) -> None:
    assert says_something(body, Prompt.OPEN) is said


def test_three_lines_gibbs_six_questions_and_kolb_four() -> None:
    assert [len(prompt.questions) for prompt in Prompt] == [0, 3, 6, 4]


def test_a_prompt_is_put_after_what_was_written_and_only_once() -> None:
    once = begun_with(Draft(body="A hard week."), Prompt.KOLB)
    assert once == Draft(body="A hard week.\n\n" + Prompt.KOLB.starter, prompt=Prompt.KOLB)
    assert begun_with(once, Prompt.KOLB) == once
    assert begun_with(Draft(), Prompt.GIBBS).body == Prompt.GIBBS.starter
    assert begun_with(once, Prompt.OPEN) == once


@pytest.mark.parametrize(
    ("days_ago", "weeks"),
    [
        ([], 0),
        ([0], 1),
        ([0, 1, 6], 1),
        ([6, 7], 2),
        ([0, 7, 14, 21], 4),
        ([27], 1),
        ([28], 0),
        ([-1], 0),
    ],
)
def test_weeks_are_stretches_of_seven_days_that_end_today(days_ago: list[int], weeks: int) -> None:
    days = [TODAY - timedelta(days=ago) for ago in days_ago]
    assert weeks_with_an_entry(days, TODAY) == weeks
