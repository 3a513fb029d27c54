"""Choices within a stage, due rules, and what counts of them in either bar."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.pathways.domain import (
    Due,
    DueFrom,
    Group,
    Lived,
    Plan,
    Stage,
    StepKind,
    StepState,
    due_on,
    fulfilled,
    unpublishable,
    warnings,
)
from tests.unit.pathways.makers import BEGAN, TODAY, first, plan, step, walked

CHOICE = Group(id=9, lineage=9, title="A way to practise", choose=2, weight=3)
EARLY, LATE = date(2026, 2, 5), date(2026, 2, 20)


def chosen(*numbers: int, group: Group = CHOICE) -> Plan:
    """A required step 1, and a choice among steps 2 to 5."""
    among = tuple(step(number, required=False, group_id=9) for number in range(2, 6))
    return plan(Stage(id=1, title="First", steps=(step(1), *among), groups=(group,)))


def test_a_choice_asks_for_so_many_whichever_they_are() -> None:
    progress = walked(chosen(), done={3: EARLY})
    [choice] = first(progress).groups
    assert (choice.needed, choice.done) == (2, 1)
    # One required step of weight 1, and two to choose of weight 3 each; one of those is done.
    assert (progress.required_weight, progress.done_weight) == (1 + 2 * 3, 3)


def test_more_than_a_choice_asks_for_counts_no_further() -> None:
    progress = walked(chosen(), done={2: EARLY, 3: EARLY, 4: LATE})
    assert (progress.required_weight, progress.done_weight) == (7, 6)
    assert [each.state for each in progress.steps] == [
        StepState.OPEN,
        StepState.DONE,
        StepState.DONE,
        StepState.DONE,
        StepState.SPARED,
    ]


def test_each_that_is_waived_is_one_fewer_to_choose() -> None:
    progress = walked(chosen(), done={2: EARLY}, waived=(3,))
    [choice] = first(progress).groups
    assert (choice.needed, choice.done) == (1, 1)
    assert (progress.required_weight, progress.done_weight) == (1 + 3, 3)
    assert progress.steps[4].state is StepState.SPARED


def test_of_a_choice_that_is_late_as_many_are_late_as_it_still_asks_for() -> None:
    by_then = Group(id=9, lineage=9, title="Some", choose=2, due_days=10)
    assert walked(chosen(group=by_then)).n_late == 2
    assert walked(chosen(group=by_then), done={2: EARLY}).n_late == 1
    assert walked(chosen(group=by_then), done={2: EARLY, 5: LATE}).n_late == 0


def test_what_waits_for_one_of_a_choice_opens_when_the_choice_is_complete() -> None:
    among = tuple(step(number, required=False, group_id=9) for number in (2, 3))
    choice = Group(id=9, lineage=9, title="One", choose=1)
    version = plan(
        Stage(id=1, title="First", steps=(*among, step(4, requires=(3,))), groups=(choice,))
    )
    assert walked(version).steps[2].state is StepState.LOCKED
    assert walked(version, done={2: EARLY}).steps[2].state is StepState.OPEN


@pytest.mark.parametrize(
    ("due", "began", "extra", "day"),
    [
        (Due(due_days=30), None, 0, date(2026, 3, 2)),
        (Due(due_days=30), None, 14, date(2026, 3, 16)),
        (Due(), None, 14, None),
        (Due(due_from=DueFrom.STAGE, due_days=10), None, 0, None),
        (Due(due_from=DueFrom.STAGE, due_days=10), LATE, 0, date(2026, 3, 2)),
        (Due(due_from=DueFrom.DATE, due_date=date(2026, 6, 1)), None, 0, date(2026, 6, 1)),
        (Due(due_from=DueFrom.DATE, due_date=date(2026, 6, 1)), None, 5, date(2026, 6, 6)),
        (Due(due_from=DueFrom.DATE, due_date=date(2026, 1, 1)), None, 5, None),
    ],
)
def test_due_days_count_from_what_the_rule_says(
    due: Due, began: date | None, extra: int, day: date | None
) -> None:
    assert due_on(due, BEGAN, began, extra) == day


def test_a_stage_begins_when_nothing_required_is_left_of_those_before() -> None:
    rule = {"due_from": DueFrom.STAGE, "due_days": 5}
    version = plan(
        Stage(id=1, title="First", steps=(step(1), step(2, required=False))),
        Stage(id=2, title="Second", steps=(step(3, "", **rule),)),
        Stage(id=3, title="Third", steps=(step(4, "", **rule),)),
    )
    waiting = walked(version)
    assert [stage.began_on for stage in waiting.stages] == [BEGAN, None, None]
    assert waiting.steps[2].due_on is None
    going = walked(version, done={1: LATE})
    assert [stage.began_on for stage in going.stages] == [BEGAN, LATE, None]
    assert (going.steps[2].due_on, going.n_late) == (date(2026, 2, 25), 1)


def test_a_stage_after_a_choice_begins_on_the_day_of_the_last_that_was_needed() -> None:
    version = chosen()
    version = plan(*version.stages, Stage(id=2, title="Second", steps=(step(7),)))
    going = walked(version, done={1: BEGAN, 2: EARLY, 3: TODAY, 4: LATE})
    assert going.stages[1].began_on == LATE


def test_reading_and_community_are_done_when_the_leader_says_so() -> None:
    steps = [
        step(1, kind=StepKind.READING),
        step(2, kind=StepKind.COMMUNITY),
        step(3, kind=StepKind.READING),
    ]
    assert fulfilled(steps, BEGAN, Lived(told={1: EARLY, 2: LATE})) == {1: EARLY, 2: LATE}


def test_a_choice_that_offers_too_little_cannot_be_published_and_one_without_choice_warns() -> None:
    few = Group(id=9, lineage=9, title="Some", choose=5)
    assert unpublishable(chosen(group=few), TODAY) == "“Some” asks for 5 of 4 steps."
    all_of_it = Group(id=9, lineage=9, title="Some", choose=4)
    assert unpublishable(chosen(group=all_of_it), TODAY) is None
    assert "“Some” leaves no choice: it asks for all of its steps." in warnings(
        chosen(group=all_of_it)
    )


def test_a_day_for_everybody_that_is_past_cannot_be_published() -> None:
    past = {"due_from": DueFrom.DATE, "due_date": date(2026, 2, 1)}
    version = plan(Stage(id=1, title="First", steps=(step(1, "Read", **past),)))
    assert unpublishable(version, TODAY) == "“Read” is due on a day that is past."
    assert unpublishable(version, date(2026, 2, 1)) is None
