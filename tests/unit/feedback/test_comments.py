"""Comments: under whose name they appear, in which order, and which are held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ldtrack.feedback.domain.anonymity import Plan, plan_cells
from ldtrack.feedback.domain.comments import (
    TOGETHER,
    ArrangedComments,
    Comment,
    Order,
    arrange_comments,
)
from tests.unit.feedback.makers import GROUPS

RATERS = {
    "self": frozenset({1}),
    "manager": frozenset({2}),
    "peer": frozenset(range(10, 14)),
    "direct": frozenset(range(20, 23)),
}
PLAN = plan_cells(GROUPS, RATERS, 3)


def wrote(*raters: int, question: str = "keep", agreed: bool = False) -> list[Comment]:
    return [
        Comment(
            rater_key=key, question_id=question, text=f"text of {key}", may_be_summarised=agreed
        )
        for key in raters
    ]


def arranged(
    comments: list[Comment], order: Order = range, plan: Plan = PLAN
) -> dict[str, tuple[str, ...]]:
    result = arrange_comments(comments, plan, order)
    return {block.group_name: block.texts for block in result.blocks}


def held(comments: list[Comment], plan: Plan = PLAN) -> ArrangedComments:
    return arrange_comments(comments, plan, range)


def test_two_writers_of_a_visible_group_are_shown_under_its_name() -> None:
    assert arranged(wrote(10, 11)) == {"Peers": ("text of 10", "text of 11")}


def test_single_writers_of_two_groups_are_put_together() -> None:
    assert arranged(wrote(10, 20)) == {TOGETHER: ("text of 10", "text of 20")}


def test_a_single_writer_takes_the_smallest_other_block_along() -> None:
    assert arranged(wrote(10, 20, 21)) == {TOGETHER: ("text of 10", "text of 20", "text of 21")}


def test_a_lone_writer_is_held_and_only_if_he_agreed() -> None:
    assert arranged(wrote(10)) == {}
    assert held(wrote(10)).held == ()
    assert held(wrote(10, agreed=True)).held == tuple(wrote(10, agreed=True))


def test_two_comments_of_one_person_do_not_make_two_writers() -> None:
    twice = [*wrote(10), Comment(rater_key=10, question_id="keep", text="once more")]
    assert arranged(twice) == {}


def test_raters_who_are_hidden_are_held_too() -> None:
    plan = plan_cells(GROUPS, {"manager": frozenset({2}), "peer": frozenset({10, 11})}, 3)
    result = held(wrote(2, 10, 11, agreed=True), plan)
    assert [block.group_name for block in result.blocks] == ["Manager"]
    assert [comment.rater_key for comment in result.held] == [10, 11]


def test_self_and_manager_write_under_their_own_name() -> None:
    assert arranged(wrote(1, 2)) == {"Self": ("text of 1",), "Manager": ("text of 2",)}


def test_each_question_is_arranged_for_itself() -> None:
    comments = [*wrote(10, 11), *wrote(10, question="change")]
    result = arrange_comments(comments, PLAN, range)
    assert [(block.question_id, block.group_name) for block in result.blocks] == [("keep", "Peers")]


def test_the_order_is_drawn_afresh_for_every_block() -> None:
    asked: list[int] = []

    def order(n: int) -> Sequence[int]:
        asked.append(n)
        return list(range(n))[::-1] if len(asked) % 2 else range(n)

    comments = [*wrote(10, 11, 12), *wrote(10, 11, question="change")]
    result = arrange_comments(comments, PLAN, order)
    assert asked == [3, 2]
    assert result.blocks[0].texts == ("text of 12", "text of 11", "text of 10")
    assert result.blocks[1].texts == ("text of 10", "text of 11")


def test_the_order_in_which_comments_arrive_leaves_no_trace() -> None:
    assert arranged(wrote(12, 10, 11)) == arranged(wrote(10, 11, 12))


def test_an_order_that_would_lose_a_comment_is_refused() -> None:
    with pytest.raises(ValueError):
        arranged(wrote(10, 11), order=lambda n: [0] * n)


def test_blank_comments_do_not_count() -> None:
    assert arranged([*wrote(10), Comment(rater_key=11, question_id="keep", text="  ")]) == {}


def test_a_later_release_does_not_show_comments_of_a_group_that_grew_by_one() -> None:
    first = arrange_comments(wrote(10, 11), PLAN, range)
    grown = plan_cells(GROUPS, {**RATERS, "peer": RATERS["peer"] | {14}}, 3)
    second = arrange_comments(wrote(10, 11, 14), grown, range, first.shown)
    assert second.blocks == ()


def test_what_may_only_be_summed_up_is_never_shown_and_does_not_make_a_second_writer() -> None:
    summed_up = [replace(c, may_be_shown=False) for c in wrote(10, 11, 2, agreed=True)]
    assert arranged(summed_up) == {}
    assert held(summed_up).held == tuple(sorted(summed_up, key=lambda comment: comment.text))
    assert held([replace(comment, may_be_summarised=False) for comment in summed_up]).held == ()
    one_open = [*summed_up[:2], *wrote(12)]
    assert arranged(one_open) == {}
    assert arranged([*one_open, *wrote(13)]) == {"Peers": ("text of 12", "text of 13")}
