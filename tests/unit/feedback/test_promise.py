"""What raters are promised follows from the settings, and cannot be broken after an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.promise import (
    ExpectedGroup,
    PromiseSettings,
    check_promise_kept,
    promise,
)

SETTINGS = PromiseSettings(
    k=4,
    groups=(
        ExpectedGroup(name="Manager", expected=1, exempt=True),
        ExpectedGroup(name="Peers", expected=6),
        ExpectedGroup(name="Direct reports", expected=2),
    ),
    readers=("Ann Bee", "her manager", "her coach"),
    participation_readers=("HR",),
    kept_months=12,
)
WORD_FOR_WORD = "word for word, in random order and without your name"
CHOICE = "You choose for each comment. “As written”:"
FATE = "your answers are put together with another group’s, or left out."


def test_a_rater_in_a_large_group_reads_who_sees_what_and_from_how_many() -> None:
    assert promise(SETTINGS, "Peers") == (
        "Results are read by Ann Bee, her manager and her coach. Nobody sees your own answers.",
        "Answers are shown only together, from at least 4 people.",
        f"If fewer than 4 of your group answer, {FATE}",
        f"Comments are shown {WORD_FOR_WORD}; if too few people write, nobody reads them.",
        "Whether you answered is seen by HR; the report says how many of each group did.",
        "Your answers are kept for 12 months after the results are out.",
    )


def test_where_comments_are_read_first_raters_are_told_so() -> None:
    said = promise(replace(SETTINGS, moderated=True), "Peers")
    assert said[:4] + said[5:] == promise(SETTINGS, "Peers")
    assert said[4].startswith("Somebody named for this reads the comments first")


def test_who_reads_means_is_promised_beside_who_reads_the_results() -> None:
    told = replace(SETTINGS, level_readers=("HR",), profile_readers=("HR", "Ann Bee"))
    means = (
        "Of each competency, HR can also read the leader’s level, and this feedback as one mean.",
        "If at least 5 leaders have reports, means over these leaders are read by HR and Ann Bee.",
    )
    said = promise(told, "Peers")
    assert said[3:5] == means
    assert said[:3] + said[5:] == promise(SETTINGS, "Peers")
    assert promise(told, "Manager")[1:3] == means
    assert promise(replace(told, k=7), "Peers")[4].startswith("If at least 7 leaders")


def test_a_rater_in_a_small_group_is_told_before_answering_that_it_will_be_pooled() -> None:
    assert promise(SETTINGS, "Direct reports")[2] == (
        f"Direct reports are expected to be fewer than 4: {FATE}"
    )


def test_the_only_manager_is_told_that_his_answers_are_known_to_be_his() -> None:
    said = promise(SETTINGS, "Manager")
    assert said[0].endswith("Your answers are shown as yours: you are the only one in your group.")
    assert said[1] == "Comments are shown word for word, as yours."


def test_two_managers_are_promised_what_every_group_is() -> None:
    two = replace(SETTINGS, groups=(ExpectedGroup(name="Manager", expected=2, exempt=True),))
    assert "Nobody sees your own answers" in promise(two, "Manager")[0]


def test_with_a_coach_the_three_ways_of_sharing_a_comment_are_promised_apart() -> None:
    coached = replace(SETTINGS, coach="the coach")
    assert promise(coached, "Peers")[3:6] == (
        f"{CHOICE} shown {WORD_FOR_WORD}; if too few people write, the coach sums it up.",
        "“Summed up only”: the coach alone reads it, and says the same in other words.",
        "“Coach only”: the coach alone reads it, and passes nothing on.",
    )
    assert promise(coached, "Manager")[1] == f"{CHOICE} shown word for word, as yours."


def test_without_retention_answers_are_promised_to_be_deleted() -> None:
    assert promise(replace(SETTINGS, kept_months=None), "Peers")[-1] == (
        "Your answers are deleted as soon as the results are out."
    )


@pytest.mark.parametrize(
    "after",
    [
        replace(SETTINGS, k=3),
        replace(SETTINGS, readers=(*SETTINGS.readers, "the board")),
        replace(SETTINGS, level_readers=("the board",)),
        replace(SETTINGS, profile_readers=("the board",)),
        replace(SETTINGS, kept_months=24),
        replace(SETTINGS, participation_readers=("HR", "Ann Bee")),
        replace(SETTINGS, coach="the coach"),
        replace(SETTINGS, groups=SETTINGS.groups[:2]),
    ],
)
def test_after_the_first_answer_no_setting_may_change_a_sentence(after: PromiseSettings) -> None:
    check_promise_kept(SETTINGS, after, has_answers=False)
    check_promise_kept(SETTINGS, SETTINGS, has_answers=True)
    with pytest.raises(RuleBroken):
        check_promise_kept(SETTINGS, after, has_answers=True)


@pytest.mark.parametrize(
    "after",
    [
        replace(SETTINGS, k=5),
        replace(SETTINGS, kept_months=6),
        replace(SETTINGS, kept_months=None),
        replace(SETTINGS, participation_readers=()),
        replace(SETTINGS, groups=tuple(replace(group, floor=6) for group in SETTINGS.groups), k=4),
    ],
)
def test_after_the_first_answer_a_setting_may_only_become_stricter(after: PromiseSettings) -> None:
    check_promise_kept(SETTINGS, after, has_answers=True)
    with pytest.raises(RuleBroken):
        check_promise_kept(after, SETTINGS, has_answers=True)


def test_a_group_with_a_floor_of_its_own_is_promised_that_one() -> None:
    groups = (ExpectedGroup(name="Peers", expected=7, floor=6),)
    said = promise(replace(SETTINGS, groups=groups), "Peers")
    assert said[1] == "Answers are shown only together, from at least 6 people."
    assert said[2] == f"If fewer than 6 of your group answer, {FATE}"


def test_the_floor_and_the_group_must_exist() -> None:
    with pytest.raises(RuleBroken):
        replace(SETTINGS, k=2)
    with pytest.raises(RuleBroken):
        promise(SETTINGS, "Neighbours")
