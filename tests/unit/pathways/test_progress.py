"""States of steps, due days, shares of what is done, and when a stage closes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ldtrack.pathways.domain import Stage, StepState, due_on
from tests.unit.pathways.makers import (
    BEGAN,
    TODAY,
    WAIVED,
    first,
    gate,
    one_stage,
    plan,
    step,
    walked,
)

DONE, WAIVED_, LOCKED = StepState.DONE, StepState.WAIVED, StepState.LOCKED
OPEN, OVERDUE = StepState.OPEN, StepState.OVERDUE


def test_a_step_is_due_so_many_days_after_enrolment() -> None:
    assert due_on(step(1, due_days=30), date(2026, 1, 31)) == date(2026, 3, 2)
    assert due_on(step(1, due_days=0), date(2028, 2, 29)) == date(2028, 2, 29)
    assert due_on(step(1, due_days=365), date(2028, 2, 29)) == date(2029, 2, 28)
    assert due_on(step(1), BEGAN) is None


def test_a_step_is_overdue_from_the_day_after_its_due_day() -> None:
    version = one_stage(step(1, due_days=30))
    assert walked(version, today=TODAY).steps[0].state is OPEN
    assert walked(version, today=TODAY + timedelta(days=1)).steps[0].state is OVERDUE


def test_a_due_day_before_today_makes_a_step_overdue_at_once() -> None:
    late = walked(one_stage(step(1, due_days=0))).steps[0]
    assert (late.state, late.is_late, late.due_on) == (OVERDUE, True, BEGAN)


def test_a_step_is_locked_until_all_that_it_requires_is_done_or_waived() -> None:
    version = one_stage(step(1, "Learn"), step(2, "Try"), step(3, "Teach", requires=(1, 2)))
    locked = walked(version).steps[2]
    assert (locked.state, locked.after) == (LOCKED, ("Learn", "Try"))
    assert locked.why_locked == "after “Learn” and “Try”"
    half = walked(version, done={1: BEGAN}).steps[2]
    assert (half.state, half.why_locked) == (LOCKED, "after “Try”")
    assert walked(version, done={1: BEGAN}, waived=(2,)).steps[2].state is OPEN


def test_three_reasons_are_listed_with_a_comma() -> None:
    version = one_stage(step(1, "A"), step(2, "B"), step(3, "C"), step(4, requires=(1, 2, 3)))
    assert walked(version).steps[3].why_locked == "after “A”, “B” and “C”"


def test_a_step_that_was_done_is_done_although_its_prerequisites_are_not() -> None:
    version = one_stage(step(1), step(2, requires=(1,)))
    found = walked(version, done={2: BEGAN}).steps[1]
    assert (found.state, found.done_on, found.why_locked) == (DONE, BEGAN, "")


def test_a_locked_step_stays_locked_when_it_is_late_and_counts_as_late() -> None:
    version = one_stage(step(1), step(2, requires=(1,), due_days=1))
    progress = walked(version)
    assert (progress.steps[1].state, progress.steps[1].is_late) == (LOCKED, True)
    assert progress.n_late == 1


def test_what_was_done_after_the_day_in_question_is_not_known_yet() -> None:
    version = one_stage(step(1))
    assert walked(version, done={1: TODAY + timedelta(days=1)}).steps[0].state is OPEN
    assert walked(version, done={1: TODAY}).steps[0].state is DONE


def test_a_waived_step_carries_who_waived_it_and_why() -> None:
    found = walked(one_stage(step(1, due_days=0)), waived=(1,)).steps[0]
    assert (found.state, found.waived, found.is_late) == (WAIVED_, WAIVED, False)


def test_done_beats_waived() -> None:
    assert walked(one_stage(step(1)), done={1: BEGAN}, waived=(1,)).steps[0].state is DONE


def test_the_done_share_is_the_weight_of_required_steps_done() -> None:
    version = one_stage(step(1, weight=1), step(2, weight=3), step(3, weight=9, required=False))
    assert first(walked(version, done={1: BEGAN})).done_share == pytest.approx(1 / (1 + 3))
    assert first(walked(version, done={1: BEGAN, 3: BEGAN})).done_share == pytest.approx(1 / 4)


def test_what_was_waived_is_asked_for_no_longer_and_does_not_count_as_done() -> None:
    version = one_stage(step(1, weight=1), step(2, weight=2), step(3, weight=1))
    found = first(walked(version, done={1: BEGAN}, waived=(3,)))
    assert found.done_share == pytest.approx(1 / (1 + 2))


def test_a_stage_that_requires_nothing_has_no_share_rather_than_none_or_all() -> None:
    found = first(walked(one_stage(step(1, required=False))))
    assert (found.done_share, found.required_done) == (None, True)
    assert first(walked(one_stage(step(1)), waived=(1,))).done_share is None


def test_the_share_of_the_whole_way_weighs_all_stages_together() -> None:
    version = plan(
        Stage(id=1, title="A", steps=(step(1, weight=2),)),
        Stage(id=2, title="B", steps=(step(2, weight=1), step(3, weight=5))),
    )
    progress = walked(version, done={1: BEGAN, 2: BEGAN})
    assert [stage.done_share for stage in progress.stages] == [2 / 2, pytest.approx(1 / 6)]
    assert progress.done_share == pytest.approx((2 + 1) / (2 + 1 + 5))


def test_a_stage_closes_when_required_steps_are_done_and_gates_are_shown_or_waived() -> None:
    version = one_stage(step(1), step(2, required=False), gates=(gate(1), gate(2)))
    done = {1: BEGAN}
    assert first(walked(version, done=done)).is_closed({1, 2})
    assert not first(walked(version)).is_closed({1, 2})
    assert not first(walked(version, done=done)).is_closed({1})
    assert first(walked(version, done=done, waived_gates=(2,))).is_closed({1})


def test_the_next_step_is_the_free_one_that_is_due_first() -> None:
    version = one_stage(
        step(1), step(2, due_days=60), step(3, due_days=20), step(4, due_days=1, requires=(1,))
    )
    found = walked(version).next_step
    assert found is not None
    assert found.step.id == 3
    assert walked(one_stage(step(1)), done={1: BEGAN}).next_step is None
